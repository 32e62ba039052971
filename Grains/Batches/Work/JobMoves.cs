using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Takes a job to a status by the transitions there are; harmless to repeat, and a job that has ended is left alone.</summary>
internal static class JobMoves
{
    private const int MostSteps = 8;

    /// <param name="error">Of a failed job.</param>
    public static async Task<JobMove> MoveAsync(IJobGrain job, Caller caller, JobStatus target, JobError? error)
    {
        var snapshot = await job.GetAsync(caller);
        Refusal? refusal = null;
        for (var step = 0; step < MostSteps && snapshot is { Status.IsTerminal: false } && snapshot.Status != target; step++)
        {
            switch (await StepAsync(job, caller, snapshot.Status, target, error))
            {
                case JobOutcome.Accepted(var next):
                    snapshot = next;
                    break;
                case JobOutcome.AlreadyDone(var same):
                    snapshot = same;
                    break;
                case var other:
                    // Refused because it has changed meanwhile: what it is now says what is to be done.
                    refusal = (other as JobOutcome.Refused)?.Reason;
                    snapshot = await job.GetAsync(caller);
                    break;
            }
        }
        return new JobMove(snapshot, target, refusal);
    }

    private static async Task<JobOutcome> StepAsync(IJobGrain job, Caller caller, JobStatus from, JobStatus target, JobError? error)
    {
        if (target is JobStatus.Cancelled)
            return await job.CancelAsync(caller, new CancelJob());
        if (target is JobStatus.Expired)
            return await job.AsReference<IBatchJobGrain>().ExpireAsync(caller);
        return await job.UpdateAsync(caller, (from, target) switch
        {
            (JobStatus.Created, _) => new UpdateJob { Status = JobStatus.Pending },
            (JobStatus.Pending, _) => new UpdateJob { Status = JobStatus.Running },
            (_, JobStatus.Failed) =>
                new UpdateJob { Status = JobStatus.Failed, Error = Change.To(error), StopReason = Change.To("llm_api_error") },
            _ => new UpdateJob { Status = target },
        });
    }
}

/// <summary>What came of it.</summary>
/// <param name="Job">As it is in the end, which may be another end than was asked for; null where there is no such job.</param>
/// <param name="Refusal">Why the last step was refused, if one was.</param>
internal sealed record JobMove(JobSnapshot? Job, JobStatus Target, Refusal? Refusal = null)
{
    /// <summary>It has the status, has ended by itself, or is not there. Else it is still to be told.</summary>
    public bool IsTold => Job is null || Job.Status == Target || Job.Status.IsTerminal;

    /// <summary>What the job is where it is not what was asked for: <c>not_found</c>, or the status that it had ended in before.</summary>
    public string? Note => Job is null ? "not_found" : Job.Status == Target ? null : Job.Status.Word;

    /// <summary>Why it was not told.</summary>
    public string Problem => $"the job stays {Job?.Status.Word}: {Refusal?.ToString() ?? "it kept changing"}";
}
