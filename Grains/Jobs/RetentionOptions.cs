using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>How long jobs that have ended are kept, by how they ended; null: for ever. Section <c>Retention</c>.</summary>
internal sealed class RetentionOptions : KeptByOutcome
{
    /// <summary>The shortest there is; null: every job is kept for ever.</summary>
    public TimeSpan? Shortest => new[] { Completed, Failed, Cancelled, Expired }.Min();

    /// <summary>How long after its end a job is removed; null: never.</summary>
    public TimeSpan? Of(JobStatus status) => status switch
    {
        JobStatus.Created or JobStatus.Pending or JobStatus.Running => null,
        JobStatus.Completed => Completed,
        JobStatus.Failed => Failed,
        JobStatus.Cancelled => Cancelled,
        JobStatus.Expired => Expired,
    };
}
