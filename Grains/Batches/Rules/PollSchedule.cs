using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>What the next poll depends on.</summary>
/// <param name="Age">Since the batch was submitted.</param>
/// <param name="LastError">Null when the last poll succeeded.</param>
/// <param name="ConsecutiveFailures">Failed polls up to now, the last one included.</param>
internal readonly record struct PollSituation(
    TimeSpan Age, ProviderStage Stage, ProviderError? LastError = null, int ConsecutiveFailures = 0);

/// <summary>How long to wait before a provider is asked again; pure, the chance is handed in.</summary>
internal static class PollSchedule
{
    /// <param name="sample">Uniform in [0, 1).</param>
    public static TimeSpan DelayBeforeNext(PollSituation situation, PollOptions pace, double sample) => situation.LastError switch
    {
        null => Regular(situation, pace, sample),
        { Class: ProviderErrorClass.RateLimited, RetryAfter: { } asked } => asked,
        { Class: ProviderErrorClass.NeedsAttention } => pace.AttentionInterval,
        { Class: ProviderErrorClass.NotAttempted } error =>
            AtLeast(error.RetryAfter, Between(pace.BackoffMin, pace.BackoffMin * 2, sample)),
        { } error => AtLeast(error.RetryAfter, Backoff(situation.ConsecutiveFailures, pace, sample)),
    };

    /// <summary>Between two passes over results that were not all there: twice as long each time.</summary>
    /// <param name="pass">The pass that ended, from 1.</param>
    public static TimeSpan PauseAfterPass(int pass, PollOptions pace, double sample)
    {
        var pause = Doubled(pace.PassPause, pass - 1, pace.PassPauseMax);
        return Between(pause, pause * (1 + pace.PollJitter), sample);
    }

    /// <summary>Between two cancels that the provider took without showing it: twice as long each time.</summary>
    /// <param name="tries">Cancels up to now.</param>
    public static TimeSpan PauseAfterCancel(int tries, PollOptions pace, double sample)
    {
        var pause = Doubled(pace.PollBriefMax, tries, pace.AttentionInterval);
        return Between(pause, pause * (1 + pace.PollJitter), sample);
    }

    private static TimeSpan Regular(PollSituation situation, PollOptions pace, double sample)
    {
        if (situation.Stage.IsBrief)
            return Between(pace.PollBriefMin, pace.PollBriefMax, sample);
        var share = (situation.Age * pace.PollAgeShare).Ticks;
        var clamped = TimeSpan.FromTicks(Math.Clamp(share, pace.PollMin.Ticks, pace.PollMax.Ticks));
        return Between(clamped * (1 - pace.PollJitter), clamped * (1 + pace.PollJitter), sample);
    }

    /// <summary>
    /// Full jitter under a ceiling that doubles; never below the floor, so that a failing provider is not asked in a loop.
    /// </summary>
    private static TimeSpan Backoff(int failures, PollOptions pace, double sample) =>
        Between(pace.BackoffMin, Doubled(pace.BackoffMin, Math.Max(failures, 1), pace.BackoffMax), sample);

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan most)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(times, 0, 20));
        return doubled < most ? doubled : most;
    }

    private static TimeSpan Between(TimeSpan least, TimeSpan most, double sample) => least + (most - least) * sample;

    private static TimeSpan AtLeast(TimeSpan? asked, TimeSpan ours) => asked > ours ? asked.Value : ours;
}
