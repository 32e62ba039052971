using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Silo.Demo;

/// <summary>
/// Fills an empty database once, with about 300 jobs in every status, so that the first look finds all there is to see: what has ended did
/// so over the time before the start, one deed after the other.
/// </summary>
internal sealed class Seeds(People people, Catalogue catalogue, Occasions occasions, HistoryClock clock)
{
    /// <summary>How far back it begins: what has ended is kept a little longer.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromMinutes(50);

    /// <summary>Work on one job; nobody hears of it meanwhile, which is less than any timeout.</summary>
    private static readonly (TimeSpan Shortest, TimeSpan Longest) WorkTime = (TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(8));

    /// <summary>What is still open is not old.</summary>
    private static readonly TimeSpan OldestOpen = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(Seed: 1);

    /// <summary>Nothing, where it was done before: one job of the demonstration is enough to tell.</summary>
    public async Task SowAsync(CancellationToken cancellation)
    {
        if (await people.Jobs(People.Users[0]).ListAsync(new JobQuery { Tags = [Catalogue.Tag], Limit = 1 }, cancellation)
            .AnyAsync(cancellation))
            return;
        // Planned one after the other, so that the same chance sows the same.
        List<Seed> past = [.. Ended(240), .. Open(40)];
        foreach (var deed in past.SelectMany(DeedsOf).OrderByDescending(deed => deed.Ago))
        {
            clock.GoTo(clock.Present - deed.Ago);
            await deed.DoAsync(cancellation);
        }
        clock.CatchUp();
        await occasions.SendBatchAsync(cancellation);
        await occasions.BeginNightAsync(cancellation);
        foreach (var deed in Lost(5).Concat(Late(5)).SelectMany(DeedsOf))
            await deed.DoAsync(cancellation);
    }

    /// <summary>In their order.</summary>
    private IEnumerable<Deed> DeedsOf(Seed seed)
    {
        var id = default(JobId);
        yield return new Deed(
            seed.Ago, async cancellation => id = (await people.Jobs(seed.Work.User).CreateAsync(seed.Work.Job, cancellation)).Id);
        if (seed.Then is { } change)
            yield return new Deed(seed.Ago - seed.Took, cancellation => seed.Worker.UpdateAsync(id, change, cancellation));
    }

    private IEnumerable<Seed> Ended(int count) => Enumerable.Range(0, count).Select(_ =>
    {
        var work = catalogue.Usual();
        var end = Moves.End(work.Job.JobType, _random);
        var ago = Between(WorkTime.Shortest, Past);
        var took = Between(WorkTime.Shortest, ago < WorkTime.Longest ? ago : WorkTime.Longest);
        return At(JobStatus.Running, work, end with
        {
            Progress = end.Status is JobStatus.Completed ? Change.To(Done(work)) : Change.To(Moves.Step(before: null, Kind(work), _random)),
            TotalDurationNs = Change.To<long?>(took.Ticks * TimeSpan.NanosecondsPerTick),
        }) with
        { Ago = ago, Took = took };
    });

    private IEnumerable<Seed> Open(int count) => Enumerable.Range(0, count).Select(place =>
    {
        var work = catalogue.Usual();
        var seed = (place % 4) switch
        {
            0 => At(JobStatus.Created, work),
            1 => At(JobStatus.Pending, work),
            _ => At(JobStatus.Running, work, new UpdateJob { Progress = Change.To(Moves.Step(before: null, Kind(work), _random)) }),
        };
        var ago = Between(TimeSpan.Zero, OldestOpen);
        return seed with { Ago = ago, Took = ago * _random.NextDouble() };
    });

    private IEnumerable<Seed> Lost(int count) => Enumerable.Range(1, count).Select(place =>
    {
        var work = catalogue.Usual();
        return At(JobStatus.Running, work with { Job = Catalogue.Forsaken(work.Job, TimeSpan.FromSeconds(place * 3)) });
    });

    private IEnumerable<Seed> Late(int count) => Enumerable.Range(1, count).Select(place =>
    {
        var work = catalogue.Usual();
        return At(JobStatus.Pending, work with { Job = catalogue.NeverBegun(work.Job, TimeSpan.FromSeconds(10 + (place * 5))) });
    });

    private Seed At(JobStatus status, NewWork work, UpdateJob? then = null) =>
        new(work with { Job = work.Job with { Status = status } }, people.Worker(_random), then);

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * _random.NextDouble());

    private JobProgress Done(NewWork work) =>
        Moves.Step(before: null, Kind(work), _random) is { Total: { } total } ? new JobProgress(total, total, Message: null) : null!;

    private static Work Kind(NewWork work) => Work.Of(work.Job.JobType)!;

    /// <param name="Work">The job to make.</param>
    /// <param name="Worker">Who works on it.</param>
    /// <param name="Then">What he makes of it.</param>
    private sealed record Seed(NewWork Work, IJobTracker Worker, UpdateJob? Then)
    {
        /// <summary>How long before the start it was made.</summary>
        public TimeSpan Ago { get; init; }

        /// <summary>How long after it was made its worker did what he did.</summary>
        public TimeSpan Took { get; init; }
    }

    /// <summary>One request, so long before the start.</summary>
    private sealed record Deed(TimeSpan Ago, Func<CancellationToken, Task> DoAsync);
}
