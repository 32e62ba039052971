using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>One create call. The items are enumerated once, while they go out; nothing holds all of them.</summary>
internal sealed record BatchSubmission
{
    /// <summary>
    /// Unique for each create that may ever be made, such as the batch id and
    /// the attempt; it goes out as metadata where the dialect can carry it.
    /// </summary>
    public required string SubmissionId { get; init; }

    /// <summary>The model endpoint, such as <c>/v1/chat/completions</c>; only for dialects that ask for one.</summary>
    public string? Endpoint { get; init; }

    public required Func<CancellationToken, IAsyncEnumerable<SubmissionItem>> Items { get; init; }

    /// <summary>What an earlier try uploaded, so that it is not uploaded again; null: nothing.</summary>
    public string? InputId { get; init; }

    /// <summary>
    /// Called right before the one create call, with what was uploaded for it where the dialect uploads first: it is written down that the
    /// call goes out. What it throws, <see cref="IBatchProvider.SubmitAsync"/> throws, and nothing was created.
    /// </summary>
    public required Func<string?, CancellationToken, Task> Posting { get; init; }
}

/// <param name="CustomId">Well formed by <see cref="JobTracker.Batches.CustomId"/>.</param>
/// <param name="Parameters">One valid JSON value in UTF-8; it is copied to the wire as it is.</param>
internal readonly record struct SubmissionItem(string CustomId, ReadOnlyMemory<byte> Parameters);

/// <summary>What is known after a create. Only <see cref="NotCreated"/> may be sent again without looking.</summary>
internal abstract record SubmitOutcome
{
    public sealed record Created(ProviderBatch Batch) : SubmitOutcome;

    /// <summary>
    /// The provider refused the request itself (400, 413, 422, or our own knowledge of its limits): it is refused every time.
    /// </summary>
    public sealed record Refused(ProviderError Error) : SubmitOutcome;

    /// <summary>Nothing was created, for a reason that passes: send again when the error's class says so.</summary>
    public sealed record NotCreated(ProviderError Error) : SubmitOutcome;

    /// <summary>
    /// The request went out whole and its answer was lost or unclear: look for it with <see cref="IBatchProvider.FindAsync"/>.
    /// </summary>
    public sealed record Unknown(ProviderError Error) : SubmitOutcome;
}
