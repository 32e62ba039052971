namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// Since when the database of a silo's jobs fails, for reads and writes alike: whoever meets an outage that others have waited out need not
/// wait it out again.
/// </summary>
internal sealed class Outage(TimeProvider clock)
{
    private long _since;

    /// <summary>The timestamp of its first failure; 0: none since the last answer.</summary>
    public long Since => Interlocked.Read(ref _since);

    /// <summary>The database did not answer.</summary>
    public void Began() => Interlocked.CompareExchange(ref _since, clock.GetTimestamp(), 0);

    /// <summary>The database answered.</summary>
    public void Ended() => Interlocked.Exchange(ref _since, 0);
}
