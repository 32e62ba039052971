using JobTracker.Jobs;
using JobTracker.Pages.Overview;

namespace JobTracker.Tests.Unit.Pages.Overview;

/// <summary>The last hour as bars.</summary>
public sealed class EndsChartTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 34, 56, TimeSpan.Zero);
    private static readonly DateTimeOffset First = OverviewNow.FirstMinute(Now);

    [Fact]
    public void The_last_of_sixty_minutes_is_the_one_that_is_under_way()
    {
        var chart = EndsChart.Of([], First);

        Assert.Equal(60, chart.Bars.Length);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 35, 0, TimeSpan.Zero), chart.Bars[0].Minute);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 34, 0, TimeSpan.Zero), chart.Bars[^1].Minute);
        Assert.Equal((0, 0), (chart.Total, chart.Most));
    }

    [Fact]
    public void A_minute_is_a_bar_of_its_outcomes_from_the_ground_up()
    {
        var chart = EndsChart.Of([At(1, JobStatus.Failed, 1), At(1, JobStatus.Completed, 3), At(2, JobStatus.Completed, 2)], First);

        var bar = chart.Bars[1];
        Assert.Equal(
            [(JobStatus.Completed, 28, 72), (JobStatus.Failed, 4, 24)],
            bar.Segments.Select(part => (part.Status, part.Top, part.Height)));
        Assert.Equal("11:36 UTC: 3 completed, 1 failed", bar.Title);
        Assert.Equal(48, Assert.Single(chart.Bars[2].Segments).Height);
        Assert.Equal((6, 4), (chart.Total, chart.Most));
        Assert.Equal(
            "Jobs that ended in the last 60 minutes, a bar a minute: 5 completed, 0 cancelled, 0 expired, 1 failed; "
            + "4 in the fullest minute.",
            chart.Summary);
    }

    [Fact]
    public void One_failure_among_a_million_is_seen_and_no_bar_leaves_the_box()
    {
        var chart = EndsChart.Of(
            [
                At(0, JobStatus.Completed, 1_000_000),
                At(0, JobStatus.Failed, 1),
                At(0, JobStatus.Expired, 1),
                At(0, JobStatus.Cancelled, 1),
            ],
            First);

        Assert.All(chart.Bars[0].Segments, part => Assert.InRange(part.Height, 1, EndsChart.Height));
        Assert.InRange(chart.Bars[0].Segments[^1].Top, 0, EndsChart.Height);
    }

    [Fact]
    public void What_ended_before_the_first_minute_is_not_counted() =>
        Assert.Equal(0, EndsChart.Of([At(-1, JobStatus.Completed, 5)], First).Total);

    [Fact]
    public void Each_outcome_leads_to_its_jobs() => Assert.Equal(
        "/ui/jobs?status=failed&completed_after=2026-03-01T11%3A35%3A00.000Z",
        EndsChart.Of([], First).Totals.Single(total => total.Status == JobStatus.Failed).Address);

    [Fact]
    public void Two_readings_of_the_same_are_the_same()
    {
        var line = new AttentionLine("key", "1", "text", "/ui/");
        var one = new OverviewNow(First, [At(1, JobStatus.Failed, 1)], [line]);

        Assert.Equal(one, new OverviewNow(First, [At(1, JobStatus.Failed, 1)], [line with { }]));
        Assert.NotEqual(one, one with { Ends = [At(1, JobStatus.Failed, 2)] });
        Assert.NotEqual(one, one with { Attention = [line with { Number = "2" }] });
        Assert.NotEqual(one, one with { First = First.AddMinutes(1) });
    }

    private static JobEnds At(int minute, JobStatus status, long count) => new(First.AddMinutes(minute), status, count);
}
