namespace JobTracker.Jobs;

/// <summary>One entry of a job's history: which status it entered, when, by whom and why.</summary>
/// <param name="By">A user id, or <c>system</c> where the service acted by itself.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobTransition")]
public sealed record JobTransition(
    [property: Id(0)] JobStatus Status,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string By,
    [property: Id(3)] string? StopReason);
