using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>
/// The port to a database that keeps batches and their items. Two adapters, one conformance suite. Failures are those that
/// <c>JobTracker.Storage</c> names; a row that the database refuses for good is an <see cref="InvalidOperationException"/>.
/// </summary>
/// <remarks>Every write of a batch is guarded by the version that is expected; <c>next</c> is stored as the version after it.</remarks>
internal interface IBatchStore
{
    Task<Batch?> ReadAsync(BatchId id, CancellationToken cancellation);

    /// <summary>Done when no transaction that changed the batch is open any more: its row tells what became of a lost answer.</summary>
    Task SettleAsync(BatchId id, CancellationToken cancellation);

    /// <summary>Whose an idempotency key is; null: nobody's.</summary>
    Task<BatchWriteResult.KeyTaken?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation);

    /// <summary>A new batch, at version 1.</summary>
    Task<BatchWriteResult> InsertAsync(Batch batch, CancellationToken cancellation);

    Task<BatchWriteResult> UpdateAsync(Batch next, long expected, CancellationToken cancellation);

    /// <summary>The batch and the items of the chunk, or neither.</summary>
    /// <param name="first">The position of the chunk's first item.</param>
    Task<BatchWriteResult> AddItemsAsync(
        Batch next, long expected, long first, IReadOnlyList<NewItem> items, CancellationToken cancellation);

    /// <summary>
    /// Removes up to <paramref name="rows"/> rows of a batch, its own at last, in one transaction; true: nothing is left of it.
    /// </summary>
    /// <remarks>Of a batch that is removed (<see cref="Batch.IsRemoved"/>), which nothing else changes any more.</remarks>
    Task<bool> RemoveAsync(BatchId id, int rows, CancellationToken cancellation);

    /// <summary>
    /// True: the holder alone may ask the provider until then. False: another one may, or the version is not the batch's.
    /// </summary>
    Task<bool> TakeLeaseAsync(BatchLease lease, long version, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>False: the lease has passed to another holder.</summary>
    Task<bool> RenewLeaseAsync(BatchLease lease, CancellationToken cancellation);

    Task ReleaseLeaseAsync(BatchLease lease, CancellationToken cancellation);

    /// <summary>Batches whose time has come and that nobody works on: of each account those that wait longest.</summary>
    Task<IReadOnlyList<DueBatch>> DueAsync(DateTimeOffset now, int perProvider, CancellationToken cancellation);

    /// <summary>Batches that are done, ended so by then, and that nobody works on: those that ended first.</summary>
    Task<IReadOnlyList<BatchId>> EndedAsync(
        BatchStatus status, DateTimeOffset endedBy, DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>
    /// One page of at most so many bytes, but for a single batch that is
    /// larger; without drafts. <see cref="BatchQuery.OrganizationId"/> is set.
    /// </summary>
    Task<BatchPage> ListAsync(BatchQuery query, long pageBytes, CancellationToken cancellation);

    /// <summary>Whether the provider batch belongs to a batch here, in any of its attempts.</summary>
    Task<bool> IsTakenAsync(string provider, string providerBatchId, CancellationToken cancellation);

    /// <summary>Batches of the account whose create went out and whose answer is not known, by id.</summary>
    Task<IReadOnlyList<Batch>> UnresolvedCreatesAsync(string provider, BatchId after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Those of them with so many items (null: any number) whose current attempt has all of these; any of up to <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Batch>> AlikeCreatesAsync(
        string provider, long? items, IReadOnlyList<string> customIds, int limit, CancellationToken cancellation);

    /// <summary>
    /// Requests of the attempt that wait for an outcome, in the order they came; from behind a position, until so many bytes went before.
    /// </summary>
    Task<IReadOnlyList<StoredRequest>> ReadSubmissionAsync(
        BatchId id, int attempt, long after, int limit, long maxBytes, CancellationToken cancellation);

    /// <summary>What the ledger says of its lines, the cursor and the counts in one transaction.</summary>
    /// <param name="next">The batch to store, once it is known what the lines came to; pure.</param>
    Task<Written<Ingested>> IngestAsync(
        Batch current, ResultLedger ledger, DateTimeOffset now, Func<IngestTally, Batch> next, CancellationToken cancellation);

    /// <summary>
    /// Gives up to <paramref name="limit"/> items without a result this
    /// outcome, and stores what <paramref name="next"/> makes of their number.
    /// </summary>
    Task<Written<Batch>> SettleMissingAsync(
        Batch current, ItemOutcome outcome, int limit, DateTimeOffset now, Func<long, Batch> next, CancellationToken cancellation);

    /// <summary>Failed and expired items become pending in the batch's next attempt; nothing is stored where there are none.</summary>
    /// <param name="next">The batch to store, by the number of failed and of expired items; null: none, and nothing is stored.</param>
    Task<Written<Batch>> ResubmitAsync(Batch current, int attempt, Func<long, long, Batch?> next, CancellationToken cancellation);

    /// <summary>Items by status, counted from the rows.</summary>
    Task<BatchCounts> CountItemsAsync(BatchId id, CancellationToken cancellation);

    /// <summary>One page of at most so many bytes, but for a single item that is larger.</summary>
    Task<ItemPage> ListItemsAsync(BatchId id, ItemQuery query, long pageBytes, CancellationToken cancellation);

    Task<ItemSnapshot?> ReadItemAsync(BatchId id, string customId, CancellationToken cancellation);

    Task<ResultChunk> ReadResultsAsync(BatchId id, string? after, int maxBytes, CancellationToken cancellation);

    /// <summary>Lines that were set aside, by attempt, file and line.</summary>
    Task<QuarantinePage> ReadQuarantineAsync(BatchId id, QuarantinePlace after, int limit, CancellationToken cancellation);

    /// <summary>Linked jobs that are still to be told how their item ended, by custom_id, from behind one.</summary>
    Task<IReadOnlyList<OwedJob>> ReadOwedJobsAsync(BatchId id, string? after, int limit, CancellationToken cancellation);

    Task MarkJobsToldAsync(BatchId id, IReadOnlyList<ToldJob> told, CancellationToken cancellation);
}
