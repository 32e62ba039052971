using JobTracker.Callers;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Watching;

/// <summary>
/// Follows one job: the loop under long polling and event streams. It
/// outlives the silo it asks, for it goes on from the version it saw last.
/// </summary>
internal sealed class JobWatch(GrainCalls calls, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks when the first one came back at once with nothing: an outage, or a silo that is stopping.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly JobChanges Nothing = new([]);

    /// <summary>
    /// Ends with the caller or his admission, and when this process begins to stop: whoever still listens asks another one.
    /// </summary>
    public CancellationTokenSource Until(CancellationToken aborted, CancellationToken dismissed = default) =>
        CancellationTokenSource.CreateLinkedTokenSource(aborted, dismissed, lifetime.ApplicationStopping);

    /// <summary>The job once the wait is over, or as it is when time is up; null where it was deleted meanwhile.</summary>
    public async Task<JobSnapshot?> UntilAsync(JobSnapshot first, JobWait wait, Caller caller, CancellationToken aborted)
    {
        using var stop = Until(aborted);
        var began = clock.GetTimestamp();
        var job = first;
        while (!wait.IsOver(first, job) && !stop.IsCancellationRequested)
        {
            var left = wait.Longest - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                break;
            if (await LookAsync(job.Id, caller, job.Version, left, stop.Token) is not { } changes)
                return null;
            foreach (var change in changes.Snapshots)
                job = wait.IsOver(first, job) ? job : change;
        }
        return job;
    }

    /// <summary>
    /// What came after <paramref name="version"/>, waiting at most 5 s for it; null where
    /// the job is gone. An outage, and the end of the watch, look like nothing new.
    /// </summary>
    public async Task<JobChanges?> LookAsync(JobId id, Caller caller, long version, TimeSpan longest, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var step = longest < LongestStep ? longest : LongestStep;
        try
        {
            var changes = await calls.Job(id).ParkAsync(
                step, (job, token) => job.WaitForChangeAsync(caller, version, step, token), stop);
            if (changes is not { Snapshots.IsEmpty: true })
                return changes;
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || stop.IsCancellationRequested)
        {
            // Whatever it was, the next look begins where this one did.
        }
        return await RestAsync(began, step, stop);
    }

    private async Task<JobChanges> RestAsync(long began, TimeSpan step, CancellationToken stop)
    {
        var rest = (Pause < step ? Pause : step) - clock.GetElapsedTime(began);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Nothing;
    }
}
