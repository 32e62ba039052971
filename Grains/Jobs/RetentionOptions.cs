using JobTracker.Configuration;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs;

/// <summary>How long jobs that have ended are kept, by how they ended; null: for ever. Section <c>Retention</c>.</summary>
internal sealed class RetentionOptions
{
    [Within("00:00:00", "36500.00:00:00")]
    public TimeSpan? Completed { get; set; }

    [Within("00:00:00", "36500.00:00:00")]
    public TimeSpan? Failed { get; set; }

    [Within("00:00:00", "36500.00:00:00")]
    public TimeSpan? Cancelled { get; set; }

    [Within("00:00:00", "36500.00:00:00")]
    public TimeSpan? Expired { get; set; }

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
