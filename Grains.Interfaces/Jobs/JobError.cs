namespace JobTracker.Jobs;

/// <summary>What went wrong, in the worker's words.</summary>
/// <param name="Code">1 to 128 characters.</param>
/// <param name="Message">At most 8,192 characters.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobError")]
public sealed record JobError([property: Id(0)] string Code, [property: Id(1)] string? Message);
