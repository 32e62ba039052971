namespace JobTracker.Tests.StandIn;

/// <summary>Real time plus what <see cref="Advance"/> has added. Timers keep running on real time.</summary>
public sealed class AdvanceableClock : TimeProvider
{
    private long _addedTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _addedTicks));

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _addedTicks, by.Ticks);
    }
}
