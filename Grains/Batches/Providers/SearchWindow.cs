namespace JobTracker.Grains.Batches.Providers;

/// <summary>When a lost create can show up in a provider's list, with room for clocks that differ.</summary>
internal static class SearchWindow
{
    /// <summary>How far a provider's clock may be behind or ahead of ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Pages of 100 that are walked before the search gives up as unclear.</summary>
    public const int MaxPages = 50;

    public static bool IsBefore(SubmissionTrace trace, DateTimeOffset createdAt) => createdAt < trace.PostedAt - ClockSkew;

    /// <summary>A batch that does not say when it was made may have been made at any time.</summary>
    public static bool Contains(SubmissionTrace trace, DateTimeOffset? createdAt) =>
        createdAt is not { } made || (!IsBefore(trace, made) && made <= trace.CarriedOutBy + ClockSkew);
}
