using JobTracker.Batches;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>What became of a guarded write.</summary>
internal abstract record BatchWriteResult
{
    private BatchWriteResult()
    {
    }

    public sealed record Stored : BatchWriteResult;

    /// <summary>The row was not as expected: nothing was written.</summary>
    public sealed record Stale : BatchWriteResult;

    /// <summary>The batch is no longer what the write is for; nothing was asked of the database.</summary>
    public sealed record MovedOn : BatchWriteResult;

    /// <summary>Another batch of the organization has the idempotency key.</summary>
    public sealed record KeyTaken(BatchId Holder, string? Fingerprint) : BatchWriteResult;

    /// <summary>Another batch has this provider batch.</summary>
    public sealed record ProviderBatchTaken(BatchId Holder, string OrganizationId) : BatchWriteResult;

    /// <summary>The batch has an item of this name.</summary>
    public sealed record Duplicate(string CustomId) : BatchWriteResult;
}

/// <summary>A write whose value is known only when it is done.</summary>
/// <param name="Value">What was stored; null: nothing.</param>
/// <param name="IsStale">The row was not as expected.</param>
internal readonly record struct Written<T>(T? Value, bool IsStale)
    where T : class;
