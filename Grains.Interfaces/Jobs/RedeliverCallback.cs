namespace JobTracker.Jobs;

/// <summary>
/// The command that sends an ended job's callback again, at once and by a new round of the schedule; the <c>webhook-id</c> stays.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.RedeliverCallback")]
public sealed record RedeliverCallback
{
    /// <summary>Refuses the redelivery unless the job is at this version.</summary>
    [Id(0)] public long? ExpectedVersion { get; init; }
}
