using JobTracker.Batches;

namespace JobTracker.Grains.Batches;

/// <summary>What the poller keeps of itself: for people to look at, nothing is decided by it.</summary>
internal sealed class BatchPollerState
{
    public DateTimeOffset? LastCycleAt { get; set; }
    public TimeSpan LastCycleDuration { get; set; }
    public int LastDue { get; set; }
    public long Cycles { get; set; }
    public long Woken { get; set; }
    public long Errors { get; set; }
    public string? LastError { get; set; }
    public DateTimeOffset? LastErrorAt { get; set; }

    public void Failed(string error, DateTimeOffset now)
    {
        Errors++;
        (LastError, LastErrorAt) = (error, now);
    }

    public PollerSnapshot Show(int inFlight) => new()
    {
        LastCycleAt = LastCycleAt,
        LastCycleDuration = LastCycleDuration,
        LastDue = LastDue,
        Cycles = Cycles,
        Woken = Woken,
        Errors = Errors,
        LastError = LastError,
        LastErrorAt = LastErrorAt,
        InFlight = inFlight,
    };
}
