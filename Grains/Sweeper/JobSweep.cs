using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// Two walks over what is due, in its order. One follows the present, and so meets each job once, as it falls due; the other goes over all
/// that was due before and stayed due, from its beginning to the present and round again. So neither a rush nor jobs that cannot be served
/// yet hold up what falls due now.
/// </summary>
internal sealed class JobSweep(
    IJobStore store, Func<JobId, Task> wake, SweeperOptions options, RetentionWalk retention, TimeProvider clock)
{
    private readonly WakeSlots _slots = new(wake, options, clock);
    private DueJob _news = new(clock.GetUtcNow(), default);
    private DueJob _rest = DueJob.None;

    /// <summary>One sweep: as much as is due, as far as the options allow.</summary>
    /// <exception cref="StoreException">The database does not tell what is due. What was begun is done.</exception>
    public async Task<SweepReport> RunAsync(CancellationToken stopping)
    {
        var began = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var wakes = new Wakes(_slots);
        var isCutShort = false;
        var oldest = now;
        try
        {
            var present = _news;
            (_news, var more) = await WalkAsync(_news, Latest(now), options.Interval / 2, options.JobsPerSweep / 2);
            (_rest, isCutShort) = await WalkAsync(_rest, present, options.Interval, options.JobsPerSweep);
            if (!isCutShort)
                _rest = DueJob.None;
            isCutShort |= more;
            foreach (var id in await retention.StepAsync(now, stopping))
                await wakes.StartAsync(id);
        }
        finally
        {
            await wakes.EndAsync(options.Interval, clock);
        }

        return new SweepReport(wakes.Woken, wakes.Failed, clock.GetElapsedTime(began), now - oldest, isCutShort
            && !wakes.IsHopeless, wakes.FirstFailure);

        async Task<(DueJob Last, bool More)> WalkAsync(DueJob after, DueJob until, TimeSpan longest, int most)
        {
            while (true)
            {
                var page = await store.ReadDueAsync(until.DueAt, after, options.PageSize, stopping);
                foreach (var due in page)
                {
                    if (due.IsAfter(until))
                        return (after, More: false);
                    if (wakes.Started >= most || wakes.IsHopeless || clock.GetElapsedTime(began) >= longest
                        || stopping.IsCancellationRequested)
                        return (after, More: true);
                    oldest = due.DueAt < oldest ? due.DueAt : oldest;
                    await wakes.StartAsync(due.Id);
                    after = due;
                }

                if (page.Count < options.PageSize)
                    return (after, More: false);
            }
        }
    }

    private static DueJob Latest(DateTimeOffset now) => new(now, new JobId(Guid.AllBitsSet));
}
