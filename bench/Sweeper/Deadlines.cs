using JobTracker.Callers;
using JobTracker.Grains.Sweeper;
using JobTracker.Jobs;

namespace JobTracker.Bench.Sweeper;

/// <summary>
/// How late a deadline is met: jobs whose moments to expire are spread
/// over some seconds, from each moment to the end that the job then has.
/// </summary>
internal static class Deadlines
{
    private static readonly Caller Caller = new("org-late", "user-bench");
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

    public static async Task ReportAsync(IGrainFactory grains, int jobs)
    {
        var clock = TimeProvider.System;
        var first = clock.GetUtcNow() + Lead;
        var ids = Enumerable.Range(0, jobs).Select(_ => JobId.New(clock)).ToArray();
        await Parallel.ForAsync(0, jobs, async (number, _) => await grains.CreateNewJobAsync(
            ids[number], Caller, new CreateJob { Status = JobStatus.Running, ExpiresAt = first + (Spread * number / jobs) }));

        var late = new List<double>(jobs);
        foreach (var id in ids)
        {
            var job = grains.GetGrain<IJobGrain>(id.ToString());
            var snapshot = (await job.GetAsync(Caller))!;
            while (!snapshot.Status.IsTerminal)
                snapshot = (await job.WaitForChangeAsync(
                    Caller, snapshot.Version, TimeSpan.FromSeconds(5), CancellationToken.None))?.Snapshots.LastOrDefault() ?? snapshot;
            late.Add((snapshot.CompletedAt!.Value - snapshot.ExpiresAt!.Value).TotalSeconds);
        }

        Figures.Figure("sweeper_late_p50", late.Percentile(50), "s");
        Figures.Figure("sweeper_late_p99", late.Percentile(99), "s");
        Figures.Figure("sweeper_late_max", late.Max(), "s");
        Figures.Ratio("sweeper_late_max_to_interval", late.Max() / new SweeperOptions().Interval.TotalSeconds);
    }
}
