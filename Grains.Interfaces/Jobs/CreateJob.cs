using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JobTracker.Callers;

namespace JobTracker.Jobs;

/// <summary>The command that makes a job. Everything but the defaults below is optional.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.CreateJob")]
public sealed record CreateJob
{
    /// <summary><c>[a-z][a-z0-9_.-]{0,63}</c>.</summary>
    [Id(0)] public string JobType { get; init; } = "job";

    /// <summary>Created, pending or running; the transitions in between happen in the same write and stand in the history.</summary>
    [Id(1)] public JobStatus Status { get; init; } = JobStatus.Created;

    /// <summary>A JSON object, at most 64 KiB and 32 levels; null means empty.</summary>
    [Id(2)] public string? Metadata { get; init; }

    /// <summary>A JSON object, at most 64 KiB and 32 levels.</summary>
    [Id(3)] public string? RequestConfig { get; init; }

    [Id(4)] public bool Background { get; init; }
    [Id(5)] public JobId? ParentId { get; init; }

    /// <summary>In the future; a job that has not ended by then is expired.</summary>
    [Id(6)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long the job may run; 1 s to 30 days, whole seconds.</summary>
    [Id(7)] public TimeSpan? Timeout { get; init; }

    /// <summary>How long a running job may go without a sign of life; 1 s to 30 days, whole seconds.</summary>
    [Id(8)] public TimeSpan? HeartbeatTimeout { get; init; }

    [Id(9)] public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; null means completed and failed. Refused without a URL.</summary>
    [Id(10)] public ImmutableArray<JobStatus>? CallbackEvents { get; init; }

    /// <summary>
    /// 1 to 255 characters. One organization's second create under a key makes no second job, as long as the first one exists.
    /// </summary>
    [Id(11)] public string? IdempotencyKey { get; init; }

    /// <summary>The hash of what was asked for under the key; another one under the same key is refused. Required with a key.</summary>
    [Id(12)] public string? Fingerprint { get; init; }

    /// <summary>
    /// The organization has as many open jobs as it may have: a new job is refused, and a repetition still told of its own.
    /// </summary>
    [Id(13), JsonIgnore] public bool IsBeyondQuota { get; init; }

    /// <summary>
    /// Words that the job can be listed by, for ever: at most 10, each 1 to 64 of <c>[A-Za-z0-9_.:/@-]</c>, none twice. They are kept in
    /// the order of the alphabet.
    /// </summary>
    [Id(14)] public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Makes the job a group, whose children name it as their parent; null: it is none.</summary>
    [Id(20)] public NewGroup? Group { get; init; }
}

/// <summary>A create whose id was made for it just now: there can be no row under it, and the silo need not look for one.</summary>
/// <remarks>
/// Saves one read of the database a job. It travels as a hint beside the call and names the id, so that it means nothing to any other grain
/// that the call comes to. A wrong hint harms nobody: the insert is guarded, and refuses to make a second row.
/// </remarks>
public static class NewJob
{
    private const string Hint = "jobtracker.new_job";

    /// <summary>
    /// For the first try with a fresh id (<see cref="JobId.New"/>); a
    /// repetition calls <see cref="IJobGrain.CreateAsync"/>, which looks first.
    /// </summary>
    public static Task<JobOutcome> CreateNewJobAsync(this IGrainFactory grains, JobId id, Caller caller, CreateJob command)
    {
        var key = id.ToString();
        RequestContext.Set(Hint, key);
        try
        {
            return grains.GetGrain<IJobGrain>(key).CreateAsync(caller, command);
        }
        finally
        {
            RequestContext.Remove(Hint);
        }
    }

    /// <summary>Whether the call under way says that the job with this key is new.</summary>
    public static bool IsHintedAt(string key) => RequestContext.Get(Hint) is string fresh && fresh == key;
}
