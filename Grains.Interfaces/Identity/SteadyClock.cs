namespace JobTracker.Identity;

/// <summary>
/// A clock that never goes back: where the machine's is set back, it goes on from the latest it was, at the pace of time. For what must not
/// see time return; what is written for people and other machines keeps to the machine's.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _latest = clock.GetUtcNow();
    private long _at = clock.GetTimestamp();

    /// <summary>How far the machine's clock is behind the latest time that this process knew; zero where it was never set back.</summary>
    public TimeSpan Behind => Read().Behind;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Read().Now;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    private (DateTimeOffset Now, TimeSpan Behind) Read()
    {
        lock (_gate)
        {
            var (told, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            var expected = _latest + clock.GetElapsedTime(_at, timestamp);
            var now = told > expected ? told : expected;
            (_latest, _at) = (now, timestamp);
            return (now, now - told);
        }
    }
}
