using System.Text;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Silo.Demo.World;

namespace JobTracker.Silo.Demo;

/// <summary>Thinks of jobs to make. The same chance makes the same jobs.</summary>
internal sealed class Catalogue(OutsideWorld outside, TimeProvider clock)
{
    /// <summary>On each job of the demonstration; nobody else's has it.</summary>
    public const string Tag = "jobtracker:demo";

    /// <summary>A job whose worker may be silent for no longer than this gets no sign of life at all.</summary>
    public static readonly TimeSpan ShortSilence = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(Seed: 3);
    private int _number = 4_200;

    /// <summary>Of any type; one in many will be forsaken by its worker, or by all.</summary>
    public NewWork Any()
    {
        var made = Usual();
        return _random.Next(100) switch
        {
            < 3 => made with { Job = Forsaken(made.Job, TimeSpan.FromSeconds(_random.Next(15, 30))) },
            < 6 => made with { Job = NeverBegun(made.Job, TimeSpan.FromSeconds(_random.Next(30, 90))) },
            _ => made,
        };
    }

    /// <summary>Of any type, and it goes its way to an end.</summary>
    public NewWork Usual()
    {
        var (work, number) = (_random.OneOf(Work.All), ++_number);
        var url = Receiver();
        return new NewWork(_random.OneOf(People.Users), new CreateJob
        {
            JobType = work.JobType,
            Metadata = work.Metadata(number),
            Tags = [Tag, .. work.Tags],
            Background = _random.In100(40),
            RequestConfig = work.JobType is "agent_run" ? """{"max_tokens":4096,"temperature":0.2}""" : null,
            Timeout = TimeSpan.FromMinutes(30),
            HeartbeatTimeout = work.JobType is "agent_run" or "import" ? TimeSpan.FromMinutes(10) : null,
            CallbackUrl = url,
            CallbackEvents = url is null ? null : [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled],
        });
    }

    /// <summary>The worker who has it is never heard of again.</summary>
    public static CreateJob Forsaken(CreateJob job, TimeSpan silence) => job with { HeartbeatTimeout = silence };

    /// <summary>Nobody begins it before its time is over.</summary>
    public CreateJob NeverBegun(CreateJob job, TimeSpan left) => job with { ExpiresAt = clock.GetUtcNow() + left };

    /// <summary>A night's work in a group.</summary>
    public (CreateJob Group, CreateJob[] Children) Nightly() =>
    (
        new CreateJob
        {
            JobType = "nightly",
            Status = JobStatus.Running,
            Metadata = $$"""{"source_id":"nightly-{{++_number}}"}""",
            Tags = [Tag, "nightly"],
        },
        [.. Enumerable.Range(0, 12).Select(_ => Usual().Job with { CallbackUrl = null, CallbackEvents = null })]
    );

    /// <summary>What goes to the provider as one batch.</summary>
    public (string Metadata, NewItem[] Items) Batch() =>
    (
        $$"""{"source_id":"reviews-{{++_number}}","purpose":"sentiment"}""",
        [.. Enumerable.Range(1, _random.Next(24, 60)).Select(Item)]
    );

    private static NewItem Item(int place) => new() { CustomId = StandInBatch.ItemId(place), Params = Request(place) };

    private static byte[] Request(int place) => Encoding.UTF8.GetBytes(
        $$"""{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Is review {{place}} kind?"}]}""");

    private string? Receiver() => _random.Next(100) switch
    {
        < 14 => outside.TakingUrl,
        < 20 => outside.FailingUrl,
        < 24 => outside.SlowUrl,
        _ => null,
    };
}

/// <summary>A job to make, and for whom.</summary>
internal sealed record NewWork(string User, CreateJob Job);
