using JobTracker.Grains.Batches.Options;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>
/// When it is believed that a lost create made nothing. Sending again too early pays twice: a provider may carry a create out long after
/// its connection broke, and its list may leave a batch out for a moment. So a long time must pass, and then two looks at the whole list.
/// </summary>
internal static class AbsenceRule
{
    /// <summary>From here on a list without the batch counts.</summary>
    public static DateTimeOffset CountsFrom(DateTimeOffset lostAt, PollOptions pace) => lostAt + pace.AbsenceAfter;

    /// <param name="firstMissedAt">The first look that counts and did not show it; null: there was none.</param>
    public static bool IsBelieved(DateTimeOffset? firstMissedAt, DateTimeOffset now, PollOptions pace) =>
        firstMissedAt is { } first && now - first >= pace.AbsenceGap;
}
