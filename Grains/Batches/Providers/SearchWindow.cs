namespace JobTracker.Grains.Batches.Providers;

/// <summary>When a lost create can show up in a provider's list, with room for clocks that differ and answers that were slow.</summary>
internal static class SearchWindow
{
    /// <summary>How far a provider's clock may be behind or ahead of ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>A create that was read by the provider is carried out within this time.</summary>
    public static readonly TimeSpan LongestCreate = TimeSpan.FromMinutes(30);

    /// <summary>A list may lag behind a create: an absence is believed only this long after the create began.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);

    /// <summary>Pages of 100 that are walked before the search gives up as unclear.</summary>
    public const int MaxPages = 50;

    public static bool IsBefore(SubmissionTrace trace, DateTimeOffset createdAt) => createdAt < trace.PostedAt - ClockSkew;

    public static bool Contains(SubmissionTrace trace, DateTimeOffset createdAt) =>
        !IsBefore(trace, createdAt) && createdAt <= trace.PostedAt + LongestCreate + ClockSkew;

    public static FindOutcome Nothing(SubmissionTrace trace, DateTimeOffset now) => now >= trace.PostedAt + SettleTime
        ? new FindOutcome.Absent()
        : new FindOutcome.Unclear("Too soon after the create: the provider's list may lag behind.", []);
}
