namespace JobTracker.Jobs;

/// <summary>The command that removes a job, whatever its status.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.DeleteJob")]
public sealed record DeleteJob
{
    /// <summary>Refuses the removal unless the job is at this version.</summary>
    [Id(0)] public long? ExpectedVersion { get; init; }
}
