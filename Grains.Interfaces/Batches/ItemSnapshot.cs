using JobTracker.Jobs;

namespace JobTracker.Batches;

/// <summary>The immutable public view of one item.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.ItemSnapshot")]
public sealed record ItemSnapshot
{
    [Id(0)] public required string CustomId { get; init; }
    [Id(1)] public required ItemStatus Status { get; init; }
    [Id(2)] public ItemError? Error { get; init; }

    /// <summary>The status that the provider's model endpoint gave, where the dialect says it.</summary>
    [Id(3)] public int? HttpStatus { get; init; }

    /// <summary>The provider's own JSON about tokens.</summary>
    [Id(4)] public string? Usage { get; init; }

    /// <summary>The job that ends with the item.</summary>
    [Id(5)] public JobId? JobId { get; init; }

    /// <summary>The submission that the item was last part of, from 1.</summary>
    [Id(6)] public int Attempt { get; init; } = 1;

    [Id(7)] public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The provider's line as it came (UTF-8), on the single item only; null where it gave none.</summary>
    [Id(8)] public byte[]? Result { get; init; }

    /// <summary>
    /// What became of the linked job where it is not what the item became:
    /// <c>not_found</c>, <c>not_told</c>, or the status it had ended in before.
    /// </summary>
    [Id(9)] public string? JobNote { get; init; }
}

/// <summary>
/// Why an item did not complete. The provider's own words where it gave any; <c>missing_result</c> and <c>unrecognized</c> are ours.
/// </summary>
[GenerateSerializer, Alias("jobtracker.ItemError"), Immutable]
public sealed record ItemError
{
    /// <summary>The kind of error, such as <c>invalid_request_error</c>, <c>expired</c> or <c>missing_result</c>.</summary>
    [Id(0)] public required string Type { get; init; }

    /// <summary>The provider's finer code, such as <c>batch_expired</c> or <c>context_length_exceeded</c>.</summary>
    [Id(1)] public string? Code { get; init; }

    /// <summary>At most 2,000 characters.</summary>
    [Id(2)] public string? Message { get; init; }

    /// <summary>
    /// Whether <c>resubmit-failed</c> sends the item again: every item that failed or expired and whose request is known here, which those
    /// of an adopted batch are not. Whether that can help is for <see cref="Type"/> to say.
    /// </summary>
    [Id(3)] public bool Retryable { get; init; }
}
