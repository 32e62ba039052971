using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Options;

/// <summary>
/// How long batches that are done are kept with their items, by how they ended; null: for ever. Section <c>Retention:Batches</c>.
/// </summary>
internal sealed class BatchRetentionOptions : KeptByOutcome
{
    /// <summary>How long after its end a batch is removed; null: never.</summary>
    public TimeSpan? Of(BatchStatus status) => status switch
    {
        BatchStatus.Pending or BatchStatus.Running => null,
        BatchStatus.Completed => Completed,
        BatchStatus.Failed => Failed,
        BatchStatus.Cancelled => Cancelled,
        BatchStatus.Expired => Expired,
    };

    /// <summary>For each outcome that is not kept for ever: batches that ended by then have been kept for long enough.</summary>
    public IEnumerable<(BatchStatus Status, DateTimeOffset EndedBy)> Limits(DateTimeOffset now) =>
        from status in Enum.GetValues<BatchStatus>()
        where Of(status) is not null
        select (status, now - Of(status)!.Value);
}
