namespace JobTracker.Jobs;

/// <summary>The command that cancels a job, whoever works on it.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.CancelJob")]
public sealed record CancelJob
{
    /// <summary><c>[a-z][a-z0-9_]{0,63}</c>.</summary>
    [Id(0)] public string StopReason { get; init; } = "cancelled";

    /// <summary>Refuses the cancellation unless the job is at this version.</summary>
    [Id(1)] public long? ExpectedVersion { get; init; }
}
