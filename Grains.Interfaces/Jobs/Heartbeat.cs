namespace JobTracker.Jobs;

/// <summary>
/// The command by which a worker shows that it is alive. Refused once the job has ended, by which the worker learns of a cancellation.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.Heartbeat")]
public sealed record Heartbeat
{
    /// <summary>How far the work has come; null leaves it as it was.</summary>
    [Id(0)] public JobProgress? Progress { get; init; }
}
