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

/// <summary>How a receiver of callbacks did.</summary>
/// <param name="Host">Whatever its port.</param>
/// <param name="Delivered">Attempts that it took.</param>
/// <param name="Failed">Attempts that it did not.</param>
/// <param name="LastSuccessAt">When the last began that it took; null: none.</param>
/// <param name="LastFailureAt">When the last began that it did not; null: none.</param>
/// <param name="LastError">Why that one failed.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.ReceiverFigures")]
public sealed record ReceiverFigures(
    [property: Id(0)] string Host,
    [property: Id(1)] long Delivered,
    [property: Id(2)] long Failed,
    [property: Id(3)] DateTimeOffset? LastSuccessAt,
    [property: Id(4)] DateTimeOffset? LastFailureAt,
    [property: Id(5)] string? LastError);
