namespace JobTracker.Grains.Jobs.Life;

/// <summary>Times are kept to the microsecond: what memory, both databases and JSON have in common.</summary>
internal static class Microseconds
{
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
