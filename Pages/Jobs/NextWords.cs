using System.Globalization;
using JobTracker.Jobs;

namespace JobTracker.Pages.Jobs;

/// <summary>What happens to a job next, in the few words that fit into a row; the moment stands behind them.</summary>
internal static class NextWords
{
    public static string Of(JobNext next) => next.What switch
    {
        JobNeed.Expire => "expires",
        JobNeed.Timeout => "times out",
        JobNeed.HeartbeatDue => "heartbeat due",
        JobNeed.CallbackAttempt when next.Attempt is { } attempt =>
            string.Create(CultureInfo.InvariantCulture, $"callback, attempt {attempt}"),
        JobNeed.CallbackAttempt => "callback",
        JobNeed.Purge => "removed",
    };
}
