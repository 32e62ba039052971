using CsCheck;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Delivery;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackScheduleTests
{
    private const double Middle = 0.5; // no jitter at all

    private static readonly CallbackSchedule Default = new CallbackOptions().ToSchedule();

    [Fact]
    public void The_default_schedule_is_eight_attempts_over_a_day_and_more()
    {
        var delays = Enumerable.Range(1, 9).Select(attempt => Default.DelayBefore(attempt, null, Middle));

        Assert.Equal(["00:00:00", "00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "10:00:00", null],
            delays.Select(delay => delay?.ToString()));
    }

    [Theory]
    [InlineData(0.0, "00:04:00")]
    [InlineData(0.25, "00:04:30")]
    [InlineData(0.5, "00:05:00")]
    [InlineData(1.0, "00:06:00")]
    public void Jitter_moves_a_delay_by_a_fifth_either_way(double sample, string delay) =>
        Assert.Equal(TimeSpan.Parse(delay), Default.DelayBefore(3, new CallbackAnswer(500), sample));

    [Fact]
    public void The_first_attempt_is_made_at_once_whatever_the_jitter() =>
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero], [Default.DelayBefore(1, null, 0), Default.DelayBefore(1, null, 0.999)]);

    [Theory]
    [InlineData(429, 0, 300)] // too soon: the planned delay stands
    [InlineData(429, 299, 300)]
    [InlineData(429, 301, 301)]
    [InlineData(503, 450, 450)]
    [InlineData(503, 600, 600)]
    [InlineData(503, 601, 600)] // too late: twice the planned delay at most
    [InlineData(429, 2_000_000_000, 600)]
    [InlineData(500, 450, 300)] // not asked by a status that may ask
    [InlineData(301, 450, 300)]
    [InlineData(404, 450, 300)]
    public void Retry_After_counts_with_429_and_503_between_the_planned_delay_and_twice_it(int status, int askedSeconds, int seconds)
    {
        var answer = new CallbackAnswer(status, TimeSpan.FromSeconds(askedSeconds));

        Assert.Equal(TimeSpan.FromSeconds(seconds), Default.DelayBefore(3, answer, Middle));
    }

    [Fact]
    public void Jitter_does_not_cut_short_the_wait_that_a_receiver_asked_for()
    {
        var answer = new CallbackAnswer(429, TimeSpan.FromSeconds(280));

        Assert.Equal(TimeSpan.FromSeconds(280), Default.DelayBefore(3, answer, 0));
        Assert.Equal(TimeSpan.FromSeconds(360), Default.DelayBefore(3, answer, 1));
    }

    [Theory]
    [InlineData(410)]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void Nothing_follows_Gone_or_success(int status) => Assert.Null(Default.DelayBefore(2, new CallbackAnswer(status), Middle));

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(500)]
    public void Everything_else_is_tried_again(int? status) =>
        Assert.Equal(TimeSpan.FromSeconds(5), Default.DelayBefore(2, new CallbackAnswer(status), Middle));

    [Fact]
    public void An_attempt_is_counted_from_one() => Assert.Throws<ArgumentOutOfRangeException>(() => Default.DelayBefore(0, null, Middle));

    [Fact]
    public void No_delay_leaves_the_band_around_its_plan()
    {
        var cases = Gen.Select(Gen.Int[1, 8], Gen.Int[100, 599], Gen.Int[0, 1_000_000], Gen.Double[0, 1]);

        cases.Sample((attempt, status, asked, sample) =>
        {
            var planned = CallbackOptions.DefaultSchedule[attempt - 1];
            var delay = Default.DelayBefore(attempt, new CallbackAnswer(status, TimeSpan.FromSeconds(asked)), sample);
            var isOver = status is 410 or (>= 200 and <= 299);
            return isOver ? delay is null : delay >= planned * 0.8 && delay <= planned * 2;
        });
    }
}
