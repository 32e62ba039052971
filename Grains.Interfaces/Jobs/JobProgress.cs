namespace JobTracker.Jobs;

/// <summary>How far a worker has come.</summary>
/// <param name="Completed">Units done, 0 or more, in the worker's own unit.</param>
/// <param name="Total">Units in all, at least <paramref name="Completed"/>; null while unknown.</param>
/// <param name="Message">At most 1,024 characters.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobProgress")]
public sealed record JobProgress([property: Id(0)] long Completed, [property: Id(1)] long? Total, [property: Id(2)] string? Message);
