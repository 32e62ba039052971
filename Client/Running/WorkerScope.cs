using System.Runtime.ExceptionServices;
using JobTracker.Client.Watching;
using JobTracker.Jobs;

namespace JobTracker.Client.Running;

/// <summary>One worker at one job, from its claim to its last report.</summary>
internal sealed class WorkerScope(OrleansJobTracker tracker, ChangeFeed feed, JobId id, JobTrackerClientOptions options, TimeProvider clock)
{
    public async Task<RunResult> RunAsync(Func<JobRun, CancellationToken, Task> work, RunOptions entry, CancellationToken cancellation)
    {
        var started = await new Claim(tracker, id).TakeAsync(entry, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var lookout = new Lookout(feed, started, stop);
        await using var pulse = new Pulse(
            tracker, started, Pulse.IntervalOf(started.HeartbeatTimeout, options.HeartbeatInterval), clock, stop);
        var run = new JobRun(started, (command, token) => ReportAsync(command, stop, token));
        ExceptionDispatchInfo? thrown = null;
        try
        {
            await work(run, stop.Token);
        }
        catch (Exception e)
        {
            thrown = ExceptionDispatchInfo.Capture(e);
        }

        await pulse.CloseAsync();
        var report = thrown is null
            ? FinalReport.Completed(run.Completion)
            : FinalReport.Failed(thrown.SourceException, cancellation.IsCancellationRequested);
        var end = await lookout.CloseAsync() ?? await EndAsync(report, lookout.Last, thrown?.SourceException);

        // The work's token was cancelled because the job ended: to break off was right, and is no error of the work.
        if (end.Won || thrown?.SourceException is not OperationCanceledException || cancellation.IsCancellationRequested)
            thrown?.Throw();
        return end;
    }

    /// <summary>A report of the work while it goes on; the only worker of a job may repeat it.</summary>
    private async Task ReportAsync(UpdateJob command, CancellationTokenSource stop, CancellationToken cancellation)
    {
        stop.Token.ThrowIfCancellationRequested();
        var outcome = await tracker.TryUpdateAsync(id, command, harmlessTwice: true, cancellation);
        if (outcome is JobOutcome.NotFound or JobOutcome.Refused { Reason: Refusal.JobHasEnded })
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        }

        outcome.JobOrThrow(id);
    }

    /// <summary>The last report. It goes out even when the worker was stopped: nobody else knows how the work ended.</summary>
    private async Task<RunResult> EndAsync(UpdateJob report, JobSnapshot last, Exception? thrown)
    {
        try
        {
            return await EndAsync(report, last);
        }
        catch (Exception unreported) when (thrown is not null)
        {
            throw new AggregateException("The job's work failed, and that could not be reported.", thrown, unreported);
        }
    }

    private async Task<RunResult> EndAsync(UpdateJob report, JobSnapshot last)
    {
        switch (await tracker.TryUpdateAsync(id, report, harmlessTwice: true, CancellationToken.None))
        {
            case JobOutcome.Accepted accepted:
                return new RunResult(accepted.Job, RunEnd.AsReported);
            case JobOutcome.AlreadyDone done:
                return new RunResult(done.Job, RunEnd.EndedElsewhere);
            case JobOutcome.Refused { Reason: Refusal.InvalidField invalid }:
                await tracker.TryUpdateAsync(id, FinalReport.Failed(invalid), harmlessTwice: true, CancellationToken.None);
                throw new JobRefusedException(id, invalid);
        }

        return await tracker.GetAsync(id, CancellationToken.None) is { } job
            ? new RunResult(job, RunEnd.EndedElsewhere)
            : new RunResult(last, RunEnd.Deleted);
    }
}
