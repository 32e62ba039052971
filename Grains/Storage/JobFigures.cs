using JobTracker.Jobs;

namespace JobTracker.Grains.Storage;

/// <summary>How all organizations' jobs stand together.</summary>
/// <param name="Open">The statuses of which there are jobs that have not ended.</param>
/// <param name="OwedCallbacks">Jobs that owe a callback.</param>
/// <param name="OldestOwed">When the first of those ended; null: none is owed.</param>
internal sealed record JobFigures(IReadOnlyList<OpenJobs> Open, long OwedCallbacks, DateTimeOffset? OldestOwed);

/// <summary>The jobs in one status, and when the oldest of them was created.</summary>
internal readonly record struct OpenJobs(JobStatus Status, long Count, DateTimeOffset? Oldest);
