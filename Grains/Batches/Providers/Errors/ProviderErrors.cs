using System.Net.Http.Headers;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace JobTracker.Grains.Batches.Providers.Errors;

/// <summary>What a call wanted, as far as its errors differ by it.</summary>
internal enum ProviderOperation
{
    Create = 0,

    /// <summary>A preparation of a create that may be repeated, such as an upload.</summary>
    Prepare = 1,
    Read = 2,
    Cancel = 3,
}

/// <summary>The classes of errors, pure: status or exception in, what to do out.</summary>
internal static class ProviderErrors
{
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    public static ProviderErrorClass Classify(ProviderOperation operation, int status) => (operation, status) switch
    {
        (_, 429) => ProviderErrorClass.RateLimited,
        (_, 401 or 403) => ProviderErrorClass.NeedsAttention,
        (_, 408 or 425 or >= 500) => ProviderErrorClass.Transient,
        // what was uploaded is still being looked at
        (ProviderOperation.Create or ProviderOperation.Prepare, 409) => ProviderErrorClass.Transient,
        (ProviderOperation.Create or ProviderOperation.Prepare, 400 or 413 or 422) => ProviderErrorClass.Refused,
        (ProviderOperation.Cancel, 400 or 409 or 422) => ProviderErrorClass.Refused,
        (ProviderOperation.Read, 404 or 410) or (ProviderOperation.Cancel, 404) => ProviderErrorClass.NotFound,
        _ => ProviderErrorClass.NeedsAttention, // redirects, a wrong base URL, what no version of the protocol names
    };

    /// <summary>
    /// Statuses by which a server plainly says that it did nothing. 529 is
    /// Anthropic's refusal for overload; any other 5xx may hide a success.
    /// </summary>
    public static bool MayHaveActed(int status) => status is < 400 or 408 or >= 500 and not 529;

    /// <summary>
    /// Retry-After (RFC 9110, 10.2.3) as a delay: seconds as they are, a date against the server's own Date if it sent one. Null when
    /// absent or unreadable.
    /// </summary>
    public static TimeSpan? Delay(HttpResponseHeaders headers, DateTimeOffset now) =>
        RetryAfter.Read(headers, headers.Date ?? now) is { } asked ? Clamp(asked) : null;

    /// <param name="sent">The whole request was handed to the network before the failure.</param>
    /// <param name="timedOut">Why our own deadline ended the call; null where it did not.</param>
    public static ProviderError FromException(Exception exception, bool sent, string? timedOut = null) => exception switch
    {
        RateLimiterRejectedException limited => NotAttempted("The account's request rate is used up.", limited.RetryAfter),
        BrokenCircuitException broken => NotAttempted("The account's circuit is open after repeated failures.", broken.RetryAfter),
        _ when timedOut is { } why => Transient(why, sent),
        HttpRequestException { HttpRequestError: var kind and not HttpRequestError.Unknown } =>
            Transient($"The connection failed ({kind}): {exception.GetBaseException().Message}", sent && ReachedServer(kind)),
        OperationCanceledException => Transient("The connection took too long.", sent),
        _ => Transient($"The connection failed: {exception.GetBaseException().Message}", sent),
    };

    public static ProviderError Unreadable(string what, int? status = null, string? requestId = null) =>
        new(ProviderErrorClass.Transient, what, MayHaveActed: true, status, RequestId: requestId);

    /// <summary>A proxy or a maintenance page answered in the provider's place.</summary>
    public static ProviderError Page(string mediaType) =>
        new(ProviderErrorClass.Unusable, $"The answer is a page ({mediaType}).", MayHaveActed: true, 200);

    private static bool ReachedServer(HttpRequestError kind) =>
        kind is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError);

    private static ProviderError NotAttempted(string message, TimeSpan? wait) =>
        new(ProviderErrorClass.NotAttempted, message, MayHaveActed: false, RetryAfter: wait is { } given ? Clamp(given) : null);

    private static ProviderError Transient(string message, bool sent) => new(ProviderErrorClass.Transient, message, sent);

    private static TimeSpan Clamp(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
}
