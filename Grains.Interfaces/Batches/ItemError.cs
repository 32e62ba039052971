namespace JobTracker.Batches;

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
