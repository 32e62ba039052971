using JobTracker.Callers;
using JobTracker.Grains.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Takes a job to a status by the transitions there are; harmless to repeat, and a job that has ended is left alone.</summary>
internal static class JobMoves
{
    private const int MostSteps = 8;

    /// <summary>The job as it is in the end, which may be another end than was asked for; null where there is no such job.</summary>
    /// <param name="error">Of a failed job.</param>
    public static async Task<JobSnapshot?> MoveAsync(IJobGrain job, Caller caller, JobStatus target, JobError? error)
    {
        var snapshot = await job.GetAsync(caller);
        for (var step = 0; step < MostSteps && snapshot is { Status.IsTerminal: false } && snapshot.Status != target; step++)
        {
            snapshot = await StepAsync(job, caller, snapshot.Status, target, error) switch
            {
                JobOutcome.Accepted(var next) => next,
                JobOutcome.AlreadyDone(var same) => same,
                _ => await job.GetAsync(caller),
            };
        }
        return snapshot;
    }

    private static async Task<JobOutcome> StepAsync(IJobGrain job, Caller caller, JobStatus from, JobStatus target, JobError? error)
    {
        if (target is JobStatus.Cancelled) return await job.CancelAsync(caller, new CancelJob());
        if (target is JobStatus.Expired) return await job.AsReference<IBatchJobGrain>().ExpireAsync(caller);
        return await job.UpdateAsync(caller, (from, target) switch
        {
            (JobStatus.Created, _) => new UpdateJob { Status = JobStatus.Pending },
            (JobStatus.Pending, _) => new UpdateJob { Status = JobStatus.Running },
            (_, JobStatus.Failed) => new UpdateJob { Status = JobStatus.Failed, Error = Change.To(error), StopReason = Change.To("llm_api_error") },
            _ => new UpdateJob { Status = target },
        });
    }
}
