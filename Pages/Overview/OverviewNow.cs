using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Pages.Overview;

/// <summary>What the overview tells beside counts.</summary>
/// <param name="First">When the first of the last 60 minutes began; the last of them is under way.</param>
/// <param name="Ends">What ended in these minutes; empty for who may not see jobs.</param>
/// <param name="Attention">What needs attention, the most urgent kind first.</param>
public sealed record OverviewNow(DateTimeOffset First, ImmutableArray<JobEnds> Ends, ImmutableArray<AttentionLine> Attention)
{
    public const int Minutes = 60;

    /// <summary>When the first of 60 minutes began whose last is that of <paramref name="now"/>.</summary>
    public static DateTimeOffset FirstMinute(DateTimeOffset now) =>
        now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1 - Minutes);

    public bool Equals(OverviewNow? other) =>
        other is not null && First == other.First && Ends.SequenceEqual(other.Ends) && Attention.SequenceEqual(other.Attention);

    public override int GetHashCode() => HashCode.Combine(First, Ends.Length, Attention.Length);
}

/// <summary>Whose overview it is, and which parts of it he may see.</summary>
public readonly record struct OverviewKey(string Organization, bool SeesJobs, bool SeesBatches);
