using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>How a wait for a job's end ended.</summary>
public abstract record JobWait
{
    private JobWait()
    {
    }

    /// <summary>The job has ended; <paramref name="Job"/> is terminal.</summary>
    public sealed record Ended(JobSnapshot Job) : JobWait;

    /// <summary>The longest wait has passed; <paramref name="Job"/> is the job as last seen, not terminal.</summary>
    public sealed record TimedOut(JobSnapshot Job) : JobWait;

    /// <summary>There is no such job, or it was deleted during the wait.</summary>
    public sealed record NotFound : JobWait;
}
