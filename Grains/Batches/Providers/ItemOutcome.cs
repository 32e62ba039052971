using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>What became of one item.</summary>
/// <param name="Status">Never pending.</param>
/// <param name="Error">Set unless completed.</param>
/// <param name="HttpStatus">The status the provider's model endpoint gave, where the dialect says it.</param>
/// <param name="Usage">The provider's own JSON about tokens, as text.</param>
internal sealed record ItemOutcome(ItemStatus Status, ItemError? Error = null, int? HttpStatus = null, string? Usage = null)
{
    public static ItemOutcome Failed(string type, string? code, string? message, bool retryable, int? httpStatus = null) =>
        new(ItemStatus.Failed, Describe(type, code, message, retryable), httpStatus);

    /// <summary>An expired item was never answered: the same request may go out again.</summary>
    public static ItemOutcome Expired(string? code = null, string? message = null) =>
        new(ItemStatus.Expired, Describe("expired", code, message, retryable: true));

    public static ItemOutcome Cancelled(string? code = null, string? message = null) =>
        new(ItemStatus.Cancelled, Describe("cancelled", code, message, retryable: true));

    /// <summary>
    /// A line that names the item but says nothing this version understands. Its raw line is kept; sending again is for a human to decide.
    /// </summary>
    /// <param name="said">What the line says all the same.</param>
    public static ItemOutcome Unrecognized(string? what, string? said = null) =>
        Failed("unrecognized", null, said ?? $"The result is of an unknown kind: {what ?? "none"}.", retryable: false);

    /// <summary>The whole file was read, more than once, and no line named the item.</summary>
    public static ItemOutcome MissingResult(string? code = null, string? message = null) =>
        Failed("missing_result", code, message ?? "The provider gave no result for this item.", retryable: true);

    /// <summary>The same, for a known reason; what a cancelled or an expired item is needs none.</summary>
    public ItemOutcome Because(string? why) => why is null || Error is not { Type: "missing_result" } error
        ? this
        : this with { Error = error with { Message = ProviderText.Message($"{error.Message} {why}") } };

    private static ItemError Describe(string type, string? code, string? message, bool retryable) => new()
    {
        Type = ProviderText.Word(type) ?? "error",
        Code = ProviderText.Word(code),
        Message = ProviderText.Message(message),
        Retryable = retryable,
    };
}

/// <summary>What to hold of an item without a line.</summary>
/// <param name="Outcome">What it becomes once no further pass is made.</param>
internal sealed record MissingItem(ItemOutcome Outcome, ExpectedLines Lines);

/// <summary>Which items of an ended batch its provider writes a line for.</summary>
internal enum ExpectedLines
{
    /// <summary>Every one: a missing line is first of all a file that was cut.</summary>
    OfAll = 0,

    /// <summary>Those that were finished before the batch was stopped. The others may have a line.</summary>
    OfFinished = 1,

    /// <summary>No item: the batch was refused before anything was done.</summary>
    None = 2,
}

/// <summary>Items of a reconciled batch by their final status.</summary>
internal sealed record ItemTally(long Completed, long Failed, long Cancelled, long Expired)
{
    /// <summary>
    /// Something completed, but not all did, or the batch was cancelled or expired: these results were paid for and are kept.
    /// </summary>
    public bool HasPartialResults(BatchStatus status) =>
        Completed > 0 && (status is BatchStatus.Cancelled or BatchStatus.Expired || Failed + Cancelled + Expired > 0);
}
