using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Silo.Demo;

/// <summary>Fills an empty database once, with about 300 jobs in every status, so that the first look finds all there is to see.</summary>
internal sealed class Seeds(People people, Catalogue catalogue, Occasions occasions)
{
    private const int AtOnce = 16;

    private readonly Random _random = new(Seed: 1);

    /// <summary>Nothing, where it was done before: one job of the demonstration is enough to tell.</summary>
    public async Task SowAsync(CancellationToken cancellation)
    {
        if (await people.Jobs(People.Users[0]).ListAsync(new JobQuery { Tags = [Catalogue.Tag], Limit = 1 }, cancellation)
            .AnyAsync(cancellation))
            return;
        await occasions.SendBatchAsync(cancellation);
        await occasions.BeginNightAsync(cancellation);
        // Planned one after the other, so that the same chance sows the same.
        List<Seed> seeds = [.. Ended(240), .. Open(40), .. Lost(5), .. Late(5)];
        await Parallel.ForEachAsync(
            seeds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, SowAsync);
    }

    private async ValueTask SowAsync(Seed seed, CancellationToken cancellation)
    {
        var job = await people.Jobs(seed.Work.User).CreateAsync(seed.Work.Job, cancellation);
        if (seed.Then is { } change)
            await seed.Worker.UpdateAsync(job.Id, change, cancellation);
    }

    private IEnumerable<Seed> Ended(int count) => Enumerable.Range(0, count).Select(_ =>
    {
        var work = catalogue.Usual();
        var end = Moves.End(work.Job.JobType, _random);
        return At(JobStatus.Running, work, end with
        {
            Progress = end.Status is JobStatus.Completed ? Change.To(Done(work)) : Change.To(Moves.Step(before: null, Kind(work), _random)),
            TotalDurationNs = Change.To<long?>(_random.NextInt64(2_000_000_000, 400_000_000_000)),
        });
    });

    private IEnumerable<Seed> Open(int count) => Enumerable.Range(0, count).Select(place =>
    {
        var work = catalogue.Usual();
        return (place % 4) switch
        {
            0 => At(JobStatus.Created, work),
            1 => At(JobStatus.Pending, work),
            _ => At(JobStatus.Running, work, new UpdateJob { Progress = Change.To(Moves.Step(before: null, Kind(work), _random)) }),
        };
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

    private JobProgress Done(NewWork work) =>
        Moves.Step(before: null, Kind(work), _random) is { Total: { } total } ? new JobProgress(total, total, Message: null) : null!;

    private static Work Kind(NewWork work) => Work.Of(work.Job.JobType)!;

    /// <param name="Work">The job to make.</param>
    /// <param name="Worker">Who works on it.</param>
    /// <param name="Then">What he makes of it at once.</param>
    private sealed record Seed(NewWork Work, IJobTracker Worker, UpdateJob? Then);
}
