using CsCheck;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Tests.Unit.Batches;

public sealed class PollScheduleTests
{
    private static readonly PollOptions Pace = new();

    [Theory]
    [InlineData(0, 24, 36)]
    [InlineData(100, 24, 36)]
    [InlineData(200, 24, 36)]
    [InlineData(1_000, 120, 180)]
    [InlineData(2_000, 240, 360)]
    [InlineData(86_400, 240, 360)]
    public void A_running_batch_is_asked_by_its_age(int ageSeconds, double least, double most)
    {
        var running = new PollSituation(TimeSpan.FromSeconds(ageSeconds), ProviderStage.Running);

        Assert.Equal((least, most), Range(running));
        Assert.Equal((least + most) / 2, PollSchedule.DelayBeforeNext(running, Pace, 0.5).TotalSeconds, 6);
    }

    [Theory]
    [InlineData(ProviderStage.Validating, 20, 30)]
    [InlineData(ProviderStage.Finalizing, 20, 30)]
    [InlineData(ProviderStage.Cancelling, 20, 30)]
    [InlineData(ProviderStage.Unrecognized, 240, 360)]
    public void A_stage_that_is_brief_is_asked_soon(object stage, double least, double most) =>
        Assert.Equal((least, most), Range(new PollSituation(TimeSpan.FromHours(10), (ProviderStage)stage)));

    [Theory]
    [InlineData(1, 5, 10)]
    [InlineData(2, 5, 20)]
    [InlineData(3, 5, 40)]
    [InlineData(6, 5, 300)]
    [InlineData(1_000_000, 5, 300)]
    public void A_passing_failure_backs_off_up_to_five_minutes(int failures, double least, double most) =>
        Assert.Equal((least, most), Range(Failed(ProviderErrorClass.Transient, failures)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3600)]
    public void A_429_waits_exactly_Retry_After(int seconds)
    {
        var limited = Failed(ProviderErrorClass.RateLimited, 4, TimeSpan.FromSeconds(seconds));

        Assert.Equal((seconds, seconds), Range(limited));
    }

    [Fact]
    public void A_429_without_Retry_After_backs_off() => Assert.Equal((5, 20), Range(Failed(ProviderErrorClass.RateLimited, 2)));

    [Fact]
    public void A_5xx_with_Retry_After_never_comes_earlier() =>
        Assert.Equal((60, 60), Range(Failed(ProviderErrorClass.Transient, 1, TimeSpan.FromSeconds(60))));

    [Fact]
    public void A_wrong_key_is_tried_every_fifteen_minutes() =>
        Assert.Equal((900, 900), Range(Failed(ProviderErrorClass.NeedsAttention, 1)));

    [Fact]
    public void A_call_that_was_not_made_comes_again_when_it_may()
    {
        Assert.Equal((5, 10), Range(Failed(ProviderErrorClass.NotAttempted, 0)));
        Assert.Equal((30, 30), Range(Failed(ProviderErrorClass.NotAttempted, 0, TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public void No_situation_gives_a_loop_or_a_sleep_beyond_an_hour() =>
        Gen.Select(Gen.Int[0, 200_000], Gen.Enum<ProviderStage>(), Gen.Enum<ProviderErrorClass>()
            .Nullable(), Gen.Int[0, 3600].Nullable(), Gen.Int[0, 100], Gen.Double[0, 0.999])
            .Sample((age, stage, error, after, failures, chance) =>
            {
                var last = error is { } kind ? Error(kind, after is { } given ? TimeSpan.FromSeconds(given) : null) : null;
                var delay = PollSchedule.DelayBeforeNext(new PollSituation(TimeSpan.FromSeconds(age), stage, last, failures), Pace, chance);
                var least = last is { Class: ProviderErrorClass.RateLimited, RetryAfter: { } asked } ? asked : TimeSpan.FromSeconds(5);
                return delay >= least && delay <= TimeSpan.FromHours(1);
            });

    [Theory]
    [InlineData(4, 3600, false)]
    [InlineData(5, 599, false)]
    [InlineData(5, 600, true)]
    [InlineData(6, 601, true)]
    public void A_404_is_believed_only_after_five_over_ten_minutes(int inARow, int seconds, bool believed) =>
        Assert.Equal(believed, NotFoundRule.IsBelieved(inARow, TimeSpan.FromSeconds(seconds), Pace));

    /// <summary>Jitter only ever adds: a pause is not cut short.</summary>
    [Theory]
    [InlineData(1, 15, 18)]
    [InlineData(2, 30, 36)]
    [InlineData(5, 240, 288)]
    [InlineData(6, 300, 360)]
    [InlineData(1_000_000, 300, 360)]
    public void Between_two_passes_it_waits_twice_as_long_each_time_up_to_five_minutes(int pass, double least, double most) =>
        Assert.Equal((least, most), Range(sample => PollSchedule.PauseAfterPass(pass, Pace, sample)));

    [Theory]
    [InlineData(0, 30, 36)]
    [InlineData(1, 60, 72)]
    [InlineData(2, 120, 144)]
    [InlineData(5, 900, 1080)]
    [InlineData(1_000_000, 900, 1080)]
    public void Between_two_cancels_it_waits_twice_as_long_each_time_up_to_fifteen_minutes(int tries, double least, double most) =>
        Assert.Equal((least, most), Range(sample => PollSchedule.PauseAfterCancel(tries, Pace, sample)));

    private static PollSituation Failed(ProviderErrorClass kind, int failures, TimeSpan? retryAfter = null) =>
        new(TimeSpan.FromHours(1), ProviderStage.Running, Error(kind, retryAfter), failures);

    private static ProviderError Error(ProviderErrorClass kind, TimeSpan? retryAfter) =>
        new(kind, "it failed", MayHaveActed: false, RetryAfter: retryAfter);

    private static (double Least, double Most) Range(PollSituation situation) =>
        Range(sample => PollSchedule.DelayBeforeNext(situation, Pace, sample));

    private static (double Least, double Most) Range(Func<double, TimeSpan> delay) => (delay(0).TotalSeconds, delay(1).TotalSeconds);
}
