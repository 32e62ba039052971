using System.Runtime.InteropServices;

namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>What a receiver answered to the attempt before: its status (null: none arrived) and the wait it asked for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallbackAnswer(int? StatusCode, TimeSpan? RetryAfter = null);

/// <summary>When the next attempt of a callback is made: pure, data and one rule.</summary>
/// <param name="delays">The planned delay before each attempt, the first included.</param>
/// <param name="jitter">Each delay varies by up to this share of itself, either way; 0 to 1.</param>
internal sealed class CallbackSchedule(IReadOnlyList<TimeSpan> delays, double jitter)
{
    /// <summary>Attempts before the callback is given up.</summary>
    public int Attempts => delays.Count;

    /// <summary>
    /// The delay before an attempt, counted from 1; null: there is none, because the schedule is exhausted, the receiver
    /// said 410 (Gone), or it accepted the callback.
    /// </summary>
    /// <param name="attempt">From 1.</param>
    /// <param name="last">The answer to the attempt before; null before the first.</param>
    /// <param name="sample">A random number, at least 0 and below 1.</param>
    /// <remarks>Retry-After counts with 429 and 503 alone (RFC 9110, 10.2.3; RFC 6585, 4), and within the planned delay and twice it:
    /// a receiver may ask for patience, not for a burst and not for silence.</remarks>
    public TimeSpan? DelayBefore(int attempt, CallbackAnswer? last, double sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (attempt > delays.Count || last is { StatusCode: 410 or (>= 200 and <= 299) })
            return null;

        var planned = delays[attempt - 1];
        var jittered = planned * (1 + (jitter * ((2 * sample) - 1)));
        return last is { StatusCode: 429 or 503, RetryAfter: { } asked }
            ? Within(asked, jittered, planned * 2)
            : jittered;
    }

    private static TimeSpan Within(TimeSpan asked, TimeSpan least, TimeSpan most) => asked < least ? least : asked > most ? most : asked;
}
