using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Rules;
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

/// <summary>A chunk of result lines that is stored: the batch it made, and what the lines came to.</summary>
internal sealed record Ingested(Batch Batch, IngestTally Tally);
