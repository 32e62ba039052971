using JobTracker.Batches;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Tests.Unit.Gateway.Batches;

public sealed class BatchListParametersTests
{
    private const string Id = "batch-01890a5d-ac96-774b-bcce-b302099a8057";

    [Fact]
    public void Without_parameters_the_hundred_newest_are_listed()
    {
        var (query, nothing, wrong) = Read("");

        Assert.Equal((100, false, 0, false, 0), (query.Limit, query.Ascending, query.Statuses.Length, nothing, wrong.Length));
    }

    [Fact]
    public void Every_parameter_is_read()
    {
        var (query, _, wrong) = Read(
            $"?organization_id=o&status=failed,expired&status=running&provider=p&created_after=2026-01-31T12:00:00Z&created_before=2026-02-01T12:00:00Z&after={Id}&before={Id}&limit=7&order=asc");

        Assert.Empty(wrong);
        Assert.Equal([BatchStatus.Failed, BatchStatus.Expired, BatchStatus.Running], query.Statuses);
        Assert.Equal(("o", "p", 7, true), (query.OrganizationId, query.Provider, query.Limit, query.Ascending));
        Assert.Equal((BatchId.Parse(Id), BatchId.Parse(Id)), (query.After, query.Before));
        Assert.Equal(TimeSpan.FromDays(1), query.CreatedBefore - query.CreatedAfter);
    }

    [Theory]
    [InlineData("?active=true", false, new[] { BatchStatus.Pending, BatchStatus.Running })]
    [InlineData("?active=true&status=running,failed", false, new[] { BatchStatus.Running })]
    [InlineData("?active=true&status=failed", true, new BatchStatus[0])]
    [InlineData("?active=false&status=failed", false, new[] { BatchStatus.Failed })]
    public void Active_means_not_ended(string parameters, bool nothing, BatchStatus[] statuses)
    {
        var (query, isNothing, _) = Read(parameters);

        Assert.Equal(nothing, isNothing);
        Assert.Equal(statuses, query.Statuses);
    }

    [Theory]
    [InlineData("?status=created", "status")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?order=up", "order")]
    [InlineData("?after=job-01890a5d-ac96-774b-bcce-b302099a8057", "after")]
    [InlineData("?before=x", "before")]
    [InlineData("?created_after=yesterday", "created_after")]
    public void What_is_wrong_is_named(string parameters, string name) => Assert.Equal([name], Read(parameters).Wrong);

    [Theory]
    [InlineData("?limit=1", 0)]
    [InlineData("?limit=1000", 0)]
    [InlineData("?status=completed,pending&after=a%20b", 0)]
    [InlineData("?limit=1001", 1)]
    [InlineData("?status=running", 1)]
    public void Items_have_parameters_of_their_own(string parameters, int wrong)
    {
        var errors = new RequestErrors();
        ItemListParameters.Read(new QueryFields(Requests.Query(parameters), errors));

        Assert.Equal(wrong, Requests.Names(errors).Length);
    }

    [Theory]
    [InlineData(2_048, 0)]
    [InlineData(2_049, 1)]
    public void A_cursor_among_items_may_be_longer_than_ours(int length, int wrong)
    {
        var errors = new RequestErrors();
        ItemListParameters.Read(new QueryFields(Requests.Query("?after=" + new string('a', length)), errors));

        Assert.Equal(wrong, Requests.Names(errors).Length);
    }

    private static (BatchQuery Query, bool Nothing, string[] Wrong) Read(string parameters)
    {
        var errors = new RequestErrors();
        var query = BatchListParameters.Read(new QueryFields(Requests.Query(parameters), errors), out var nothing);
        return (query, nothing, Requests.Names(errors));
    }
}
