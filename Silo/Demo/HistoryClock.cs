namespace JobTracker.Silo.Demo;

/// <summary>
/// The clock of a demonstration that has a past to tell: it begins behind the machine's, is moved to each moment of that past, and is the
/// machine's from then on. It never goes back. Timers and timestamps are the machine's all the time.
/// </summary>
internal sealed class HistoryClock : TimeProvider
{
    private long _behind;

    /// <summary>The machine's clock, as the demonstration begins.</summary>
    public DateTimeOffset Present { get; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref _behind));

    /// <summary>Before anybody has asked it for the time.</summary>
    public void Begin(TimeSpan behind) => Interlocked.Exchange(ref _behind, behind.Ticks);

    /// <summary>Nothing, where it is later already. By one caller at a time.</summary>
    public void GoTo(DateTimeOffset moment)
    {
        var behind = Math.Max((System.GetUtcNow() - moment).Ticks, 0);
        if (behind < Interlocked.Read(ref _behind))
            Interlocked.Exchange(ref _behind, behind);
    }

    /// <summary>From now on it is the machine's.</summary>
    public void CatchUp() => Interlocked.Exchange(ref _behind, 0);
}
