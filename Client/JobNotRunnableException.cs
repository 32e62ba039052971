using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>The job's work was not begun: it has ended, or somebody is at it.</summary>
public sealed class JobNotRunnableException : JobTrackerException
{
    internal JobNotRunnableException(JobSnapshot job)
        : base(job.Id, job.Status.IsTerminal ? $"{job.Id} has ended: it is {job.Status.Word}." : $"{job.Id} is running already.") =>
            Job = job;

    /// <summary>The job as it was found.</summary>
    public JobSnapshot Job { get; }
}
