using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Callbacks;

/// <summary>The last attempts of one callback.</summary>
/// <param name="Attempts">Oldest first; 10 at most.</param>
internal sealed record CallbackAttemptsView(ImmutableArray<CallbackAttemptView> Attempts)
{
    public static CallbackAttemptsView Of(JobCallbackAttempts made) =>
        new(ImmutableArray.CreateRange(made.Attempts, CallbackAttemptView.Of));
}

/// <summary>One POST to the receiver.</summary>
/// <param name="At">When it began.</param>
/// <param name="StatusCode">Null: no answer came.</param>
/// <param name="Error">Null: it was delivered.</param>
/// <param name="DurationNs">How long it took, in nanoseconds.</param>
internal sealed record CallbackAttemptView(DateTimeOffset At, int? StatusCode, string? Error, long DurationNs)
{
    public static CallbackAttemptView Of(JobCallbackAttempt attempt) =>
        new(attempt.At, attempt.StatusCode, attempt.Error, attempt.Duration.Ticks * TimeSpan.NanosecondsPerTick);
}
