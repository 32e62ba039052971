using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>The last 10 attempts of a job's callback, oldest first; empty where none was made.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCallbackAttempts")]
public sealed record JobCallbackAttempts([property: Id(0)] ImmutableArray<JobCallbackAttempt> Attempts);

/// <summary>One POST to the receiver of a callback.</summary>
/// <param name="At">When it began.</param>
/// <param name="StatusCode">What the receiver answered; null where no answer came.</param>
/// <param name="Error">Why it does not count as delivered; null where it does.</param>
/// <param name="Duration">Name resolution, connection and answer together.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCallbackAttempt")]
public sealed record JobCallbackAttempt(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] int? StatusCode,
    [property: Id(2)] string? Error,
    [property: Id(3)] TimeSpan Duration);
