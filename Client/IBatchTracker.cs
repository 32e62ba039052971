using JobTracker.Batches;

namespace JobTracker.Client;

/// <summary>
/// LLM batches of one organization, over the Orleans cluster that keeps them. Safe for concurrent use; one instance serves a process.
/// </summary>
/// <remarks>
/// What is retried and thrown is as for <see cref="IJobTracker"/>, with <see cref="BatchTrackerException"/>s for what a batch says.
/// </remarks>
public interface IBatchTracker
{
    /// <summary>
    /// Makes a batch and submits it. The items are read once and sent in chunks of at most 1,000 and 8 MiB, so that memory does not grow
    /// with them; an exception from them, or a refusal, leaves nothing behind.
    /// </summary>
    /// <exception cref="BatchRefusedException">A field or an item is not as the provider takes it, or the key was used for another
    /// batch.</exception>
    Task<BatchSnapshot> CreateAsync(CreateBatch command, IAsyncEnumerable<NewItem> items, CancellationToken cancellation = default);

    /// <summary>Follows a batch that was made at the provider by somebody else; a second call gives the same batch.</summary>
    /// <exception cref="BatchRefusedException">The account is unknown, or has no such batch.</exception>
    Task<BatchSnapshot> AdoptAsync(AdoptBatch command, CancellationToken cancellation = default);

    /// <summary>The batch as it is; null where there is none (or it is another organization's).</summary>
    Task<BatchSnapshot?> GetAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>All batches that match, page by page (<see cref="BatchQuery.Limit"/> is the size of a page), until an empty page.</summary>
    /// <exception cref="UnauthorizedAccessException">The query names another organization.</exception>
    IAsyncEnumerable<BatchSnapshot> ListAsync(BatchQuery query, CancellationToken cancellation = default);

    /// <summary>All items that match, by custom_id, without their results; page by page (<see cref="ItemQuery.Limit"/>).</summary>
    /// <exception cref="BatchNotFoundException" />
    IAsyncEnumerable<ItemSnapshot> ListItemsAsync(BatchId batchId, ItemQuery query, CancellationToken cancellation = default);

    /// <summary>One item with its result; null where there is no such batch or item.</summary>
    Task<ItemSnapshot?> GetItemAsync(BatchId batchId, string customId, CancellationToken cancellation = default);

    /// <summary>
    /// The provider's result lines as they came (UTF-8 JSON, without line ends), each in memory of its own; about 1 MiB of them is held.
    /// </summary>
    /// <exception cref="BatchNotFoundException" />
    /// <exception cref="BatchRefusedException">The batch has not ended: its results are not complete.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadResultsAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>
    /// Asks for cancellation; what completed before is kept, and the batch ends when the provider has stopped. Asking twice is no error.
    /// </summary>
    /// <exception cref="BatchNotFoundException" />
    /// <exception cref="BatchRefusedException">The batch has ended.</exception>
    Task<BatchSnapshot> CancelAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>Asks the provider now, and gives what is known after at most 10 s.</summary>
    /// <exception cref="BatchNotFoundException" />
    Task<BatchSnapshot> RefreshAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>Sends the failed and expired items again, as a new provider batch under the same batch and with a job of its own.</summary>
    /// <exception cref="BatchNotFoundException" />
    /// <exception cref="BatchRefusedException">The batch has not ended, or nothing of it can be sent again.</exception>
    /// <exception cref="BatchOutcomeUnknownException">The answer was lost; it is not sent twice.</exception>
    Task<BatchSnapshot> ResubmitFailedAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>Removes the batch with its items and results, and gives it as it was; null where there is none. Its jobs stay.</summary>
    /// <exception cref="BatchRefusedException">
    /// The batch is neither done nor unsent: cancel it, and wait until its phase is <see cref="BatchPhase.Done"/>.
    /// </exception>
    Task<BatchSnapshot?> DeleteAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>Result lines that were set aside, in the order in which they were read; page by page.</summary>
    /// <exception cref="BatchNotFoundException" />
    IAsyncEnumerable<QuarantinedLineSnapshot> ReadQuarantineAsync(BatchId batchId, CancellationToken cancellation = default);

    /// <summary>Waits until the batch's status is terminal, across failures of the service.</summary>
    /// <param name="longestWait">Zero asks once; <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as it takes. At most 49 days
    /// else.</param>
    Task<BatchWait> WaitForCompletionAsync(BatchId batchId, TimeSpan longestWait, CancellationToken cancellation = default);
}
