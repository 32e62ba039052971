using System.Globalization;
using JobTracker.Operations;
using JobTracker.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Jobs;

public sealed class JobFilterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("?tag=&user_id=&since=", "")]
    [InlineData("?tag=b,a&status=failed,running", "?status=failed&status=running&tag=b&tag=a")]
    [InlineData("?status=running&status=running,%20failed", "?status=running&status=failed")]
    [InlineData("?user_id=%3Cb%3E%26x%3Dy", "?user_id=%3Cb%3E%26x%3Dy")]
    [InlineData("?after=job-1&job_type=chat", "?job_type=chat&after=job-1")]
    public void Addresses_that_ask_for_the_same_are_the_same(string given, string canonical)
    {
        var filter = JobFilter.Parse(given);
        Assert.Equal(canonical, filter.Search);
        Assert.Equal(canonical, JobFilter.Parse(filter.Search).Search);
    }

    [Fact]
    public void A_changed_filter_begins_at_the_newest_job()
    {
        var filter = JobFilter.Parse("?tag=a&after=job-1");
        Assert.True(filter.HasCursor);
        Assert.Equal("?status=failed&tag=a", filter.With("status", "failed").Search);
        Assert.Equal("", filter.Without("tag").Search);
        Assert.Equal("?tag=a&before=job-2", filter.With("before", "job-2").Search);
    }

    [Theory]
    [InlineData("?after=x", true, true)]
    [InlineData("?status=failed&job_type=a", false, true)]
    [InlineData("?active=true", false, true)]
    [InlineData("?status=failed&tag=a", false, false)]
    [InlineData("?since=1h", false, false)]
    public void Counts_hold_where_nothing_else_is_asked_for(string search, bool isEmpty, bool isCounted)
    {
        var filter = JobFilter.Parse(search);
        Assert.Equal((isEmpty, isCounted), (filter.IsEmpty, filter.IsCounted));
    }

    [Theory]
    [InlineData("90m", "2026-01-31T10:30:00Z")]
    [InlineData("24h", "2026-01-30T12:00:00Z")]
    [InlineData("7d", "2026-01-24T12:00:00Z")]
    [InlineData("2026-01-01T00:00:00%2B01:00", "2025-12-31T23:00:00Z")]
    public void Since_is_told_to_the_API_as_a_moment(string since, string moment)
    {
        var read = JobFilter.Parse($"?since={since}").Read(PageJobs.Door, PageJobs.Now);
        Assert.Empty(read.Problems);
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), read.Query.CreatedAfter);
    }

    [Fact]
    public void A_time_that_goes_on_becomes_a_moment_where_something_is_done_with_it()
    {
        Assert.Equal("?tag=a&created_after=2026-01-31T11%3A00%3A00.000Z", JobFilter.Parse("?since=1h&tag=a").At(PageJobs.Now).Search);
        Assert.Equal("?tag=a", JobFilter.Parse("?tag=a").At(PageJobs.Now).Search);
    }

    [Theory]
    [InlineData("?since=soon", "since: ")]
    [InlineData("?since=1h&created_after=2026-01-01T00:00:00Z", "since: ")]
    [InlineData("?created_after=soon", "created_after: ")]
    [InlineData("?status=wrong", "status: ")]
    [InlineData("?organization_id=other", "organization_id: ")]
    [InlineData("?limit=1000", "limit: ")]
    [InlineData("?parent_id=1", "parent_id: ")]
    public void What_is_wrong_is_told_and_left_out(string search, string beginning)
    {
        var read = JobFilter.Parse(search + "&job_type=chat").Read(PageJobs.Door, PageJobs.Now);
        Assert.StartsWith(beginning, Assert.Single(read.Problems), StringComparison.Ordinal);
        Assert.Equal("chat", read.Query.JobType);
        Assert.Null(read.Query.OrganizationId);
    }

    [Fact]
    public void Every_filter_of_the_list_works_in_the_address()
    {
        const string Parent = "job-00000000-0000-7000-8000-000000000000";
        var read = JobFilter.Parse(
            "?active=true&job_type=t&tag=a&any_tag=b,c&user_id=u&source_id=s&callback=owed&callback_host=example.org&stop_reason=r"
            + $"&parent_id={Parent}&background=true&created_after=2026-01-01T00:00:00Z&created_before=2026-01-02T00:00:00Z"
            + "&completed_after=2026-01-03T00:00:00Z&completed_before=2026-01-04T00:00:00Z").Read(PageJobs.Door, PageJobs.Now);
        Assert.Empty(read.Problems);
        Assert.Equal(
            """
            {"status":["created","pending","running"],"job_type":"t","user_id":"u","stop_reason":"r","background":true,
            "parent_id":"job-00000000-0000-7000-8000-000000000000","source_id":"s","created_after":"2026-01-01T00:00:00Z",
            "created_before":"2026-01-02T00:00:00Z","tag":["a"],"any_tag":["b","c"],"callback":"owed","callback_host":"example.org",
            "completed_after":"2026-01-03T00:00:00Z","completed_before":"2026-01-04T00:00:00Z"}
            """.ReplaceLineEndings(""),
            FilterText.Of(read.Query));
    }
}
