using JobTracker.Batches;

namespace JobTracker.Pages.Batches;

/// <summary>What a list shows of a batch.</summary>
public sealed record BatchRow(
    BatchId Id,
    BatchStatus Status,
    BatchPhase Phase,
    string Provider,
    BatchCounts Counts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    bool NeedsAttention)
{
    public static BatchRow Of(BatchSnapshot batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new(
            batch.Id, batch.Status, batch.Phase, batch.Provider, batch.Counts, batch.CreatedAt, batch.ExpiresAt, batch.NeedsAttention);
    }
}
