using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>
/// One account at a provider: the port between batches and the outside. Everything but <see cref="SubmitAsync"/> fails with a
/// <see cref="ProviderException"/> whose error says how to go on; a cancellation by the caller stays an <see
/// cref="OperationCanceledException"/>. Safe for concurrent use. Calls go to the configured base URL only.
/// </summary>
internal interface IBatchProvider
{
    /// <summary>The account's name, which is what a request's <c>provider</c> says.</summary>
    string Name { get; }

    string Dialect { get; }

    BatchLimits Limits { get; }

    /// <summary>
    /// Creates the batch with one call that is never repeated here. Failures are outcomes, because each allows something else.
    /// </summary>
    Task<SubmitOutcome> SubmitAsync(BatchSubmission submission, CancellationToken cancellation);

    Task<ProviderBatch> GetAsync(string providerBatchId, CancellationToken cancellation);

    /// <summary>Asks for cancellation; the batch ends later by itself. A batch that already ended makes this refused: poll it.</summary>
    Task<ProviderBatch> CancelAsync(string providerBatchId, CancellationToken cancellation);

    /// <summary>
    /// Looks for a create whose answer was lost. Never says found on a guess, and never that it is not there by a part of the list.
    /// </summary>
    Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation);

    /// <summary>The creates of unknown outcome that a batch at the provider may come from, judged as a search for them judges.</summary>
    Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(ProviderBatch batch, AccountCreates creates, CancellationToken cancellation);

    /// <summary>
    /// Streams every line after the first <paramref name="after"/> of one of the ended batch's <see cref="ProviderBatch.Files"/>. The order
    /// is the provider's. An end without exception proves nothing by itself: the results are complete when every item has an outcome.
    /// </summary>
    IAsyncEnumerable<ResultLine> ReadResultsAsync(ProviderBatch batch, ResultFile file, long after, CancellationToken cancellation);

    /// <summary>What an item is that no line named.</summary>
    MissingItem Missing(ProviderBatch ended);

    /// <summary>The terminal status of a batch whose items were all settled.</summary>
    BatchStatus FinalStatus(ProviderBatch ended, ItemTally items);
}

/// <summary>What the provider takes in one batch.</summary>
/// <param name="MaxBytes">Of the request body or of the uploaded file.</param>
internal sealed record BatchLimits(int MaxItems, long MaxBytes, bool NeedsEndpoint);
