using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Providers.Errors;

/// <summary>What a failed call means for what comes next.</summary>
internal enum ProviderErrorClass
{
    /// <summary>Nothing was sent: the account's token bucket is empty or its circuit is open. Not a failure of the batch.</summary>
    NotAttempted = 0,

    /// <summary>429: come back after exactly Retry-After.</summary>
    RateLimited = 1,

    /// <summary>5xx, 529, time-outs, resets, answers that cannot be read: back off.</summary>
    Transient = 2,

    /// <summary>401, 403 and what a human must look at: every 15 minutes, and visible.</summary>
    NeedsAttention = 3,

    /// <summary>404: believed by <see cref="NotFoundRule"/> only.</summary>
    NotFound = 4,

    /// <summary>The request itself is wrong (a create or a cancel): the same again is refused again.</summary>
    Refused = 5,

    /// <summary>A 2xx answer that is a page for people instead of results: read again later, but not for ever.</summary>
    Unusable = 6,
}

/// <summary>A failed call to a provider. It holds nothing secret and may be shown.</summary>
/// <param name="Message">What went wrong, in the provider's words where it gave any; without the status.</param>
/// <param name="MayHaveActed">The provider had the whole request and did not plainly refuse it: for a create, a batch may exist.</param>
/// <param name="RetryAfter">How long the provider, or our own limit, asks us to wait; 0 to 1 h.</param>
/// <param name="Type">The provider's error type or code.</param>
internal sealed record ProviderError(
    ProviderErrorClass Class,
    string Message,
    bool MayHaveActed,
    int? HttpStatus = null,
    TimeSpan? RetryAfter = null,
    string? Type = null,
    string? RequestId = null)
{
    /// <summary>Every reason that the answer gave.</summary>
    public IReadOnlyList<ProviderFault> Faults { get; init; } = [];

    /// <summary>All of it on one line for people: <c>HTTP 403 permission_error: no batches for you</c>.</summary>
    public string Text => HttpStatus is { } status ? $"HTTP {status}{(Type is null ? "" : $" {Type}")}: {Message}" : Message;

    /// <summary>Asked about one batch, the provider cannot read its id: it can be none of its own.</summary>
    public bool SaysNoSuchId => HttpStatus is 400 or 422;
}

internal sealed class ProviderException : Exception
{
    public ProviderException(ProviderError error, Exception? cause = null)
        : base(error.Text, cause) => Error = error;

    public ProviderError Error { get; }
}
