using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The right to ask the provider about a batch.</summary>
internal sealed record BatchLease(BatchId Batch, Guid Holder, DateTimeOffset Until);

internal sealed record DueBatch(BatchId Id, string Provider);

/// <summary>A request as it is kept.</summary>
internal sealed record StoredRequest(long Position, string CustomId, byte[] Params);

internal sealed record OwedJob(string CustomId, JobId JobId, ItemStatus Status, ItemError? Error);

/// <param name="Note">What the job was, where it could not be told.</param>
internal sealed record ToldJob(string CustomId, string? Note);

/// <summary>Result lines that are stored together.</summary>
internal sealed record IngestChunk(int Attempt, IReadOnlyList<ResultLine.Item> Items, IReadOnlyList<QuarantinedLine> Quarantined)
{
    /// <summary>Nothing was known before of an adopted batch's items.</summary>
    public bool Adopted { get; init; }
}

/// <summary>A line that was set aside.</summary>
internal sealed record QuarantinedLine(ResultCursor At, string Reason, ReadOnlyMemory<byte> Raw);
