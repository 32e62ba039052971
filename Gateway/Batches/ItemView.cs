using JobTracker.Batches;
using JobTracker.Gateway.Json;

namespace JobTracker.Gateway.Batches;

/// <summary>An item as lists show it: without its result.</summary>
internal record ItemView
{
    /// <summary>What the item is called in its batch.</summary>
    public required string CustomId { get; init; }

    /// <summary>Where it stands; everything but pending is final.</summary>
    public required ItemStatus Status { get; init; }

    /// <summary>Why it did not complete.</summary>
    public ItemErrorView? Error { get; init; }

    /// <summary>The status that the provider's model endpoint gave, where the provider says it.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The provider's own words about tokens.</summary>
    public RawJson? Usage { get; init; }

    /// <summary>The job that ends with the item.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// What became of that job where it is not what the item became: not_found, not_told, or the status it had ended in before.
    /// </summary>
    public string? JobNote { get; init; }

    /// <summary>The submission that the item was last part of, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>When its result was read.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public static ItemView Of(ItemSnapshot item) => new()
    {
        CustomId = item.CustomId,
        Status = item.Status,
        Error = ErrorOf(item),
        HttpStatus = item.HttpStatus,
        Usage = item.Usage is { } usage ? new RawJson(usage) : null,
        JobId = item.JobId?.ToString(),
        JobNote = item.JobNote,
        Attempt = item.Attempt,
        CompletedAt = item.CompletedAt,
    };

    private protected static ItemErrorView? ErrorOf(ItemSnapshot item) =>
        item.Error is { } error ? new ItemErrorView(error.Type, error.Code, error.Message, error.Retryable) : null;
}

/// <summary>Why an item did not complete, in the provider's words where it gave any.</summary>
/// <param name="Type">The provider's word for the kind of error.</param>
/// <param name="Code">The provider's code.</param>
/// <param name="Message">What people read.</param>
/// <param name="Retryable">Whether resubmit-failed sends the item again; the type tells whether that may help.</param>
internal sealed record ItemErrorView(string Type, string? Code, string? Message, bool Retryable);

/// <summary>One item with its result.</summary>
internal sealed record ItemWithResultView : ItemView
{
    /// <summary>The provider's line about the item, as it came; null before there is one.</summary>
    public RawUtf8Json? Result { get; init; }

    public static new ItemWithResultView Of(ItemSnapshot item) => new()
    {
        CustomId = item.CustomId,
        Status = item.Status,
        Error = ErrorOf(item),
        HttpStatus = item.HttpStatus,
        Usage = item.Usage is { } usage ? new RawJson(usage) : null,
        JobId = item.JobId?.ToString(),
        JobNote = item.JobNote,
        Attempt = item.Attempt,
        CompletedAt = item.CompletedAt,
        Result = item.Result is { } result ? new RawUtf8Json(result) : null,
    };
}
