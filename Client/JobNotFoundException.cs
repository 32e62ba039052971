using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>There is no such job, or it is another organization's.</summary>
public sealed class JobNotFoundException : JobTrackerException
{
    internal JobNotFoundException(JobId jobId)
        : base(jobId, $"There is no job {jobId}.")
    {
    }
}
