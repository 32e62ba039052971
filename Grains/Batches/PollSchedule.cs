using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches;

/// <summary>What the next poll depends on.</summary>
/// <param name="Age">Since the batch was submitted.</param>
/// <param name="LastError">Null when the last poll succeeded.</param>
/// <param name="ConsecutiveFailures">Failed polls up to now, the last one included.</param>
internal readonly record struct PollSituation(TimeSpan Age, ProviderStage Stage, ProviderError? LastError = null, int ConsecutiveFailures = 0);

/// <summary>How long to wait before a provider is asked again; pure, the chance is handed in.</summary>
internal static class PollSchedule
{
    /// <param name="sample">Uniform in [0, 1).</param>
    public static TimeSpan DelayBeforeNext(PollSituation situation, PollOptions pace, double sample) => situation.LastError switch
    {
        null => Regular(situation, pace, sample),
        { Class: ProviderErrorClass.RateLimited, RetryAfter: { } asked } => asked,
        { Class: ProviderErrorClass.NeedsAttention } => pace.AttentionInterval,
        { Class: ProviderErrorClass.NotAttempted } error => AtLeast(error.RetryAfter, Between(pace.BackoffMin, pace.BackoffMin * 2, sample)),
        { } error => AtLeast(error.RetryAfter, Backoff(situation.ConsecutiveFailures, pace, sample)),
    };

    private static TimeSpan Regular(PollSituation situation, PollOptions pace, double sample)
    {
        if (situation.Stage.IsBrief) return Between(pace.PollBriefMin, pace.PollBriefMax, sample);
        var share = situation.Age * pace.PollAgeShare;
        var clamped = share < pace.PollMin ? pace.PollMin : share > pace.PollMax ? pace.PollMax : share;
        return Between(clamped * (1 - pace.PollJitter), clamped * (1 + pace.PollJitter), sample);
    }

    /// <summary>Full jitter under a ceiling that doubles; never below the floor, so that a failing provider is not asked in a loop.</summary>
    private static TimeSpan Backoff(int failures, PollOptions pace, double sample)
    {
        var ceiling = pace.BackoffMin * Math.Pow(2, Math.Clamp(failures, 1, 20));
        return Between(pace.BackoffMin, ceiling < pace.BackoffMax ? ceiling : pace.BackoffMax, sample);
    }

    private static TimeSpan Between(TimeSpan least, TimeSpan most, double sample) => least + (most - least) * sample;

    private static TimeSpan AtLeast(TimeSpan? asked, TimeSpan ours) => asked > ours ? asked.Value : ours;
}
