using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>
/// What a watcher has not seen yet, oldest version first; the last one is the job as it is. Empty: nothing happened in the time given.
/// </summary>
/// <remarks>
/// A job remembers its last 16 versions while it is watched: a watcher that
/// fell further behind finds a gap in the versions, never a missing end.
/// </remarks>
[GenerateSerializer, Immutable, Alias("jobtracker.JobChanges")]
public sealed record JobChanges([property: Id(0)] ImmutableArray<JobSnapshot> Snapshots);
