using JobTracker.Operations;
using JobTracker.Pages.Operations;
using JobTracker.Tests.Unit.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Operations;

public sealed class AskedOperationTests
{
    private const string Id = "job-00000000-0000-7000-8000-000000000000";

    [Fact]
    public void A_filter_travels_unchanged()
    {
        var asked = Read("?action=cancel&status=running&tag=a&tag=b&after=" + Id);
        Assert.Empty(asked.Problems);
        Assert.False(asked.IsEveryJob);
        Assert.Equal(OperationAction.Cancel, asked.Command.Action);
        Assert.Equal("""{"status":["running"],"tag":["a","b"]}""", FilterText.Of(asked.Command.Filter!));
        Assert.Null(asked.Command.Filter!.After);
    }

    [Fact]
    public void Selected_jobs_are_named_once_each()
    {
        var asked = Read($"?action=delete&job_id={Id}&job_id={Id}");
        Assert.Empty(asked.Problems);
        Assert.Equal(Id, Assert.Single(asked.Command.JobIds).ToString());
        Assert.Null(asked.Command.Filter);
    }

    [Fact]
    public void Every_job_is_meant_only_where_that_is_said()
    {
        var asked = Read("?action=cancel&all=true");
        Assert.Empty(asked.Problems);
        Assert.True(asked.IsEveryJob);
        Assert.True(asked.Command.All);
        Assert.False(Read("?action=cancel&all=true&tag=a").Command.All);
    }

    [Theory]
    [InlineData("?action=cancel")]
    [InlineData("?action=cancel&tag=")]
    [InlineData("?action=cancel&all=yes")]
    [InlineData("?action=wrong&tag=a")]
    [InlineData("?tag=a")]
    [InlineData("?action=cancel&tag=a&status=wrong")]
    [InlineData("?action=cancel&tag=a&job_typ=chat")]
    [InlineData("?action=cancel&all=true&job_typ=chat")]
    [InlineData("?action=cancel&job_id=1")]
    [InlineData("?action=cancel&tag=a&job_id=" + Id)]
    [InlineData("?action=cancel&active=true&status=failed")]
    [InlineData("?action=cancel&organization_id=other&tag=a")]
    public void Nothing_is_done_with_what_cannot_be_read(string search) => Assert.NotEmpty(Read(search).Problems);

    [Fact]
    public void A_time_that_goes_on_is_made_a_moment_first()
    {
        Assert.Equal(
            "/ui/operations/new?action=cancel&created_after=2026-01-31T11%3A00%3A00.000Z",
            Read("?action=cancel&since=1h").Fixed(PageJobs.Now));
        Assert.Null(Read("?action=cancel&tag=a").Fixed(PageJobs.Now));
    }

    private static AskedOperation Read(string search) => AskedOperation.Read(search, PageJobs.Door, PageJobs.Now);
}
