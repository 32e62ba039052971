using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>A job, and when it ended; null: it has not.</summary>
internal readonly record struct WalkedJob(JobId Id, JobStatus Status, DateTimeOffset? CompletedAt);
