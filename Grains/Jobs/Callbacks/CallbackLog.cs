using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Callbacks;

/// <summary>What the service alone keeps of a job's callback, in the same column as its public side.</summary>
internal sealed record CallbackLog
{
    /// <summary>How many attempts are remembered.</summary>
    public const int Kept = 10;

    public static readonly CallbackLog Empty = new();

    /// <summary>Oldest first.</summary>
    public ImmutableArray<JobCallbackAttempt> Last { get; init; } = [];

    /// <summary>How many attempts were made before the current round of the schedule; a redelivery begins a new one.</summary>
    public int BeforeRound { get; init; }

    /// <summary>
    /// The traceparent (W3C Trace Context) of the change that owes the callback; null where it was not traced. Stored, because the last
    /// attempt may be made a day later and by another silo.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OwedBy { get; init; }

    public CallbackLog With(CallbackAttempt attempt)
    {
        var kept = Last.Length < Kept ? Last : Last.RemoveRange(0, Last.Length - Kept + 1);
        return this with
        {
            Last = kept.Add(new JobCallbackAttempt(attempt.At.ToMicroseconds(), attempt.StatusCode, attempt.Error, attempt.Duration))
        };
    }
}
