using JobTracker.Jobs;
using JobTracker.Pages.Callbacks;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Pages.Callbacks;

/// <summary>How receivers do, as a table.</summary>
public sealed class ReceiverReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 34, 56, TimeSpan.Zero);
    private static readonly JobPage NothingOwed = new([], HasNext: false, HasPrevious: false);

    [Fact]
    public void What_is_owed_is_counted_by_host_whatever_the_port()
    {
        var report = ReceiverReport.Of(
            Now,
            [Figures("a.example"), Figures("b.example")],
            new JobPage(
                [Owing("https://a.example/x"), Owing("https://A.example:8443/y?z=1"), Owing("http://new.example/")],
                HasNext: false,
                HasPrevious: false));

        Assert.Equal([("a.example", 2), ("b.example", 0), ("new.example", 1)], report.Rows.Select(row => (row.Host, row.Owed)));
        Assert.False(report.IsOwedPartly);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 34, 0, TimeSpan.Zero), report.AsOf);
    }

    [Fact]
    public void More_receivers_than_a_page_shows_are_counted()
    {
        var report = ReceiverReport.Of(
            Now, [.. Enumerable.Range(0, ReceiverReport.MostRows + 5).Select(number => Figures($"host-{number}"))], NothingOwed);
        Assert.Equal((ReceiverReport.MostRows, 5), (report.Rows.Length, report.More));
        Assert.Equal("host-0", report.Rows[0].Host);
    }

    [Fact]
    public void Rows_stay_where_they_were_and_new_ones_come_behind_them()
    {
        var before = ReceiverReport.Of(Now, [Figures("a"), Figures("b"), Figures("c")], NothingOwed);
        var after = ReceiverReport.Of(Now, [Figures("new"), Figures("c"), Figures("newer"), Figures("a")], NothingOwed);
        Assert.Equal(["a", "c", "new", "newer"], after.InOrderOf(before).Rows.Select(row => row.Host));
        Assert.Equal(["new", "c", "newer", "a"], after.InOrderOf(null).Rows.Select(row => row.Host));
    }

    [Fact]
    public void Two_readings_of_the_same_are_the_same()
    {
        var one = ReceiverReport.Of(Now, [Figures("a")], NothingOwed);
        Assert.Equal(one, ReceiverReport.Of(Now.AddSeconds(1), [Figures("a")], NothingOwed));
        Assert.NotEqual(one, ReceiverReport.Of(Now, [Figures("a") with { Failed = 9 }], NothingOwed));
        Assert.NotEqual(one, ReceiverReport.Of(Now, [Figures("a")], NothingOwed with { HasNext = true }));
        // The times that are offered go on with the clock.
        Assert.NotEqual(one, ReceiverReport.Of(Now.AddMinutes(1), [Figures("a")], NothingOwed));
    }

    [Fact]
    public void The_links_are_filters_of_jobs()
    {
        var (named, numbered) = (new ReceiverRow(Figures("a.example"), 0), new ReceiverRow(Figures("::1"), 0));
        Assert.Equal("/ui/jobs?callback=failed&callback_host=a.example", named.Jobs(JobCallbackState.Failed));
        Assert.Equal("/ui/jobs?callback=owed&callback_host=%5B%3A%3A1%5D", numbered.Jobs(JobCallbackState.Owed));
    }

    [Fact]
    public void The_streak_is_told_by_the_last_attempts()
    {
        var (earlier, later) = (Now.AddHours(-2), Now.AddHours(-1));
        Assert.Equal((true, false, earlier), Streak(taken: earlier, failed: later));
        Assert.Equal((true, false, null), Streak(taken: null, failed: later));
        Assert.Equal((false, true, earlier), Streak(taken: later, failed: earlier));
        Assert.Equal((false, true, null), Streak(taken: later, failed: null));
        Assert.Equal((false, false, null), Streak(taken: null, failed: null));
    }

    [Fact]
    public void The_offered_times_are_moments_of_the_api() => Assert.Equal(
        [
            ("1 hour ago", "2026-03-01T11:34:00.000Z"),
            ("24 hours ago", "2026-02-28T12:34:00.000Z"),
            ("7 days ago", "2026-02-22T12:34:00.000Z"),
        ],
        RedeliverSince.At(new DateTimeOffset(2026, 3, 1, 12, 34, 0, TimeSpan.Zero)).Select(since => (since.Text, since.Value)));

    private static (bool IsFailing, bool IsTaking, DateTimeOffset? Since) Streak(DateTimeOffset? taken, DateTimeOffset? failed)
    {
        var figures = Figures("a") with { LastSuccessAt = taken, LastFailureAt = failed };
        return (figures.IsFailing, figures.IsTaking, figures.Since);
    }

    private static ReceiverFigures Figures(string host) => new(host, 1, 2, Now.AddMinutes(-2), Now.AddMinutes(-1), "HTTP 500");

    private static JobSnapshot Owing(string url) =>
        JobRows.New("org").Snapshot with { Callback = new JobCallback { Url = url, Events = [JobStatus.Completed], NextAttemptAt = Now } };
}
