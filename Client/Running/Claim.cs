using System.Security.Cryptography;
using JobTracker.Jobs;

namespace JobTracker.Client.Running;

/// <summary>The way of a job to running, such that of all who try exactly one gets there.</summary>
/// <remarks>
/// Each step is guarded by the version it was decided on. Workers often share a user id, so a worker whose answer was lost could take a
/// rival's step for its own: the step to running therefore carries a progress
/// message that names this run, and only who finds that message has the job.
/// </remarks>
internal sealed class Claim(OrleansJobTracker tracker, JobId id)
{
    /// <summary>How often the job may change under the claim before it is given up; two steps are needed.</summary>
    private const int MostSteps = 32;

    private readonly string _note =
        $"started by {Environment.MachineName}/{Environment.ProcessId}, run {RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>The running job.</summary>
    public async Task<JobSnapshot> TakeAsync(RunOptions options, CancellationToken cancellation)
    {
        JobSnapshot? job = null;
        Refusal? refusal = null;
        for (var step = 0; step < MostSteps; step++)
        {
            job ??= await tracker.GetAsync(id, cancellation) ?? throw new JobNotFoundException(id);
            if (job.Status == JobStatus.Running && options.TakeOver)
                return job;
            cancellation.ThrowIfCancellationRequested();
            // Not under the caller's token: a job must not be left running by a worker that went away while it was asking for it.
            var outcome = await tracker.TryUpdateAsync(id, StepFrom(job), CancellationToken.None);
            if (outcome is JobOutcome.Accepted { Job: { Status: JobStatus.Running } running })
                return running;
            refusal = (outcome as JobOutcome.Refused)?.Reason ?? refusal;
            job = (outcome as JobOutcome.Accepted)?.Job;
        }

        throw new JobRefusedException(id, refusal!);
    }

    private UpdateJob StepFrom(JobSnapshot job) => job.Status switch
    {
        JobStatus.Created => new UpdateJob { Status = JobStatus.Pending, ExpectedVersion = job.Version },
        JobStatus.Pending =>
            new UpdateJob { Status = JobStatus.Running, ExpectedVersion = job.Version, Progress = Change.To(Noted(job.Progress)) },
        JobStatus.Running or JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired =>
            throw new JobNotRunnableException(job),
    };

    private JobProgress Noted(JobProgress? progress) =>
        (progress ?? new JobProgress(0, Total: null, Message: null)) with { Message = _note };
}
