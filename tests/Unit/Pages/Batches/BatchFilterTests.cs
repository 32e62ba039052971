using JobTracker.Batches;
using JobTracker.Pages.Batches;

namespace JobTracker.Tests.Unit.Pages.Batches;

/// <summary>What an address of the list asks for.</summary>
public sealed class BatchFilterTests
{
    private const string Id = "batch-01890a5d-ac96-774b-bcce-b302099a8057";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "")]
    [InlineData("?status=&provider=&since=", "")]
    [InlineData("?status=running,failed&status=running", "?status=running&status=failed")]
    [InlineData("?since=24h&provider=a%20%26b&status=pending", "?status=pending&provider=a%20%26b&since=24h")]
    [InlineData($"?after={Id}", $"?after={Id}")]
    [InlineData($"?before={Id}&provider=x", $"?provider=x&before={Id}")]
    public void Addresses_that_ask_for_the_same_are_the_same(string search, string same)
    {
        var filter = BatchFilter.Parse(search);
        Assert.Empty(filter.Problems);
        Assert.Equal(same, filter.Search);
        Assert.Equal(same, BatchFilter.Parse(filter.Search).Search);
    }

    [Theory]
    [InlineData("?status=wrong", "status: must be")]
    [InlineData("?since=yesterday", "since: must be")]
    [InlineData("?since=99999h", "since: must be")]
    [InlineData("?after=job-1", "after: must be")]
    [InlineData("?before=1", "before: must be")]
    [InlineData("?provider=%00", "provider: must have")]
    [InlineData("?tag=a", "tag: is no filter")]
    public void What_is_wrong_is_left_out_and_told(string search, string problem)
    {
        var filter = BatchFilter.Parse(search + "&status=failed");
        Assert.StartsWith(problem, Assert.Single(filter.Problems), StringComparison.Ordinal);
        Assert.Equal("?status=failed", filter.Search);
    }

    [Theory]
    [InlineData("90m", "2026-03-01T10:30:00Z")]
    [InlineData("24h", "2026-02-28T12:00:00Z")]
    [InlineData("7d", "2026-02-22T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00+01:00", "2026-01-31T11:00:00Z")]
    public void Since_is_a_time_before_now_or_a_moment(string since, string moment) => Assert.Equal(
        DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture),
        BatchFilter.Parse("?since=" + Uri.EscapeDataString(since)).Read(Now, 50).CreatedAfter);

    [Fact]
    public void It_is_told_to_the_service_as_it_is()
    {
        var query = BatchFilter.Parse($"?status=failed,expired&provider=claude&after={Id}").Read(Now, 50);
        Assert.Equal([BatchStatus.Failed, BatchStatus.Expired], query.Statuses);
        Assert.Equal(
            ("claude", null, BatchId.Parse(Id), null, 50, false),
            (query.Provider, query.CreatedAfter, query.After, query.Before, query.Limit, query.Ascending));
    }

    [Fact]
    public void A_status_is_chosen_and_left_out_again_from_the_newest_on()
    {
        var filter = BatchFilter.Parse($"?status=running&after={Id}");
        Assert.Equal("?status=pending&status=running", filter.Toggled(BatchStatus.Pending).Search);
        Assert.Equal("", filter.Toggled(BatchStatus.Running).Search);
    }
}
