namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>What came of one attempt.</summary>
/// <param name="At">When it began; the time in <c>webhook-timestamp</c>.</param>
/// <param name="StatusCode">The answer's status; null when none arrived.</param>
/// <param name="Error">Short, without secrets, fit to be shown to the job's owner; null exactly when the callback was delivered.</param>
/// <param name="RetryAfter">The wait the receiver asked for, counted from the end of the attempt; never negative.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.CallbackAttempt")]
internal sealed record CallbackAttempt(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] TimeSpan Duration,
    [property: Id(2)] int? StatusCode,
    [property: Id(3)] string? Error,
    [property: Id(4)] TimeSpan? RetryAfter)
{
    /// <summary>Only 2xx is success.</summary>
    public bool IsDelivered => Error is null;

    /// <summary>Whether the host is up: it answered, and not with 429 or 5xx. A 404 is the fault of one URL, not of its host.</summary>
    public bool HostIsWell => StatusCode is (< 500 and not 429);

    /// <summary>What <see cref="CallbackSchedule"/> needs to know of it.</summary>
    public CallbackAnswer Answer => new(StatusCode, RetryAfter);
}
