namespace JobTracker.Tests.StandIn;

/// <summary>Real time plus what <see cref="Advance"/> has added. Timers keep running on real time.</summary>
/// <param name="ahead">How far it is ahead of real time at first, or (negative) behind.</param>
public sealed class AdvanceableClock(TimeSpan ahead = default) : TimeProvider
{
    private long _addedTicks = ahead.Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _addedTicks));

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _addedTicks, by.Ticks);
    }
}
