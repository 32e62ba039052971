using JobTracker.Callers;
using Orleans.Concurrency;

namespace JobTracker.Batches;

/// <summary>
/// One batch; its key is the text of its <see cref="BatchId"/>, which
/// must be new for <see cref="BeginAsync"/> and <see cref="AdoptAsync"/>.
/// </summary>
/// <remarks>
/// A create is <c>Begin</c>, any number of <c>AddItems</c>, <c>Submit</c>; a draft that is neither added to nor submitted for an hour is
/// discarded. Throws only what <c>JobTracker.Storage</c> names. Another organization's batch does not exist.
/// </remarks>
[Alias("jobtracker.IBatchGrain")]
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Makes a draft. The same command again (a lost answer) is AlreadyDone.</summary>
    [Alias("Begin")]
    Task<BatchOutcome> BeginAsync(Caller caller, BeginBatch command);

    /// <summary>Stores the next items. All of the chunk or nothing; a chunk that was stored before is AlreadyDone.</summary>
    [Alias("AddItems")]
    Task<BatchOutcome> AddItemsAsync(Caller caller, ItemChunk chunk);

    /// <summary>
    /// Makes the draft a batch and starts sending it. AlreadyDone: this batch again, or (another id) the one that an earlier create under
    /// the same idempotency key made; the draft is then gone.
    /// </summary>
    [Alias("Submit")]
    Task<BatchOutcome> SubmitAsync(Caller caller, SubmitBatch command);

    /// <summary>Throws a draft away, with its items. Harmless on anything else.</summary>
    [Alias("Discard")]
    Task DiscardAsync(Caller caller);

    /// <summary>
    /// Follows a batch made elsewhere. AlreadyDone: the organization's batch that follows it already, or the one made under the same
    /// idempotency key, or the one whose lost create it may be, which follows it from now on.
    /// </summary>
    [Alias("Adopt")]
    Task<BatchOutcome> AdoptAsync(Caller caller, AdoptBatch command);

    /// <summary>The last committed snapshot; null where there is no such batch, a draft included.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<BatchSnapshot?> GetAsync(Caller caller);

    /// <summary>Asks for cancellation; what completed before is kept. AlreadyDone where it was asked for before.</summary>
    [Alias("Cancel")]
    Task<BatchOutcome> CancelAsync(Caller caller);

    /// <summary>Asks the provider now, and answers with what is known after at most 10 s.</summary>
    [Alias("Refresh")]
    Task<BatchOutcome> RefreshAsync(Caller caller);

    /// <summary>Sends the failed and expired items again, as a new provider batch under this one and with a job of its own.</summary>
    [Alias("ResubmitFailed")]
    Task<BatchOutcome> ResubmitFailedAsync(Caller caller);

    /// <summary>
    /// Removes the batch with its items and results; its jobs stay, as their callers' own. Accepted carries the batch as it was.
    /// Refused (<see cref="BatchRefusal.NotEnded"/>) while anything of it is
    /// at the provider or owed: it must be done, or never have been sent.
    /// </summary>
    [Alias("Delete")]
    Task<BatchOutcome> DeleteAsync(Caller caller);

    /// <summary>Null where there is no such batch.</summary>
    [AlwaysInterleave, Alias("ListItems")]
    Task<ItemPage?> ListItemsAsync(Caller caller, ItemQuery query);

    /// <summary>One item with its result; null where there is no such batch or item.</summary>
    [AlwaysInterleave, Alias("GetItem")]
    Task<ItemSnapshot?> GetItemAsync(Caller caller, string customId);

    /// <summary>
    /// The next lines of the results, about <paramref name="maxBytes"/> of them (64 KiB to 4 MiB; a single longer line comes whole). They
    /// are complete when the batch's status is terminal, which the caller checks before, and every piece is of the attempt that was
    /// terminal then: a resubmission begins another one. Null where there is no such batch.
    /// </summary>
    /// <param name="after">Null at the start, then <see cref="ResultChunk.Next"/>.</param>
    [AlwaysInterleave, Alias("ReadResults")]
    Task<ResultChunk?> ReadResultsAsync(Caller caller, string? after, int maxBytes);

    /// <summary>
    /// For the adoption of what this batch's lost create may have made: it is that batch
    /// from now on. AlreadyDone where it was before; refused where its create is not lost.
    /// </summary>
    [Alias("Settle")]
    Task<BatchOutcome> SettleAsync(Caller caller, string providerBatchId);

    /// <summary>Lines of results that were set aside, behind a place, 1 to 100 of them; null where there is no such batch.</summary>
    [AlwaysInterleave, Alias("ReadQuarantine")]
    Task<QuarantinePage?> ReadQuarantineAsync(Caller caller, QuarantinePlace after, int limit);

    /// <summary>For the poller: does what is due, and answers when that is done or after a few seconds.</summary>
    [AlwaysInterleave, Alias("Wake")]
    Task<BatchWake> WakeAsync();
}

/// <summary>What waking a batch came to.</summary>
[GenerateSerializer, Alias("jobtracker.BatchWake")]
public enum BatchWake
{
    /// <summary>Nothing was due, or another activation is at it.</summary>
    Rested = 0,

    /// <summary>What was due was done.</summary>
    Worked = 1,

    /// <summary>It is still at work, and needs no further waking.</summary>
    Working = 2,
}
