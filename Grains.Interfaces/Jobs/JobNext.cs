namespace JobTracker.Jobs;

/// <summary>What happens to a job next without anyone's command, by the very rule that will act on it.</summary>
/// <param name="At">The moment; the service acts within two sweeps of it. For
/// a heartbeat, the moment by which the next sign of life is due.</param>
/// <param name="Attempt">Of a callback: which attempt it is, from 1.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobNext")]
public sealed record JobNext([property: Id(0)] JobNeed What, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int? Attempt = null);
