using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Tests.Unit.Gateway.Audit;

public sealed class AuditListParametersTests
{
    private const string First = "audit-01890a5d-ac96-774b-bcce-b302099a8057";
    private const string Second = "audit-01890a5d-ac97-774b-bcce-b302099a8057";

    [Fact]
    public void Nothing_asked_for_is_the_newest_hundred() => Assert.Equal(new AuditQuery(), Read(""));

    [Fact]
    public void Every_parameter_reaches_the_query()
    {
        var query = Read("?organization_id=o&unattributed=false&action=key.create&created_after=2026-01-01T00:00:00Z"
            + $"&created_before=2026-01-02T01:00:00%2B01:00&after={First}&before={Second}&limit=7&order=asc");

        Assert.Equal(
            new AuditQuery
            {
                OrganizationId = "o",
                Action = "key.create",
                CreatedAfter = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                CreatedBefore = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
                After = Id(First),
                Before = Id(Second),
                Limit = 7,
                Ascending = true,
            },
            query);
        Assert.Equal(new AuditQuery { IsUnattributed = true }, Read("?unattributed=true"));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("action=key.forget", "action")]
    [InlineData("after=job-01890a5d-ac96-774b-bcce-b302099a8057", "after")]
    [InlineData("before=audit-01890A5D-ac96-774b-bcce-b302099a8057", "before")]
    [InlineData("created_after=yesterday", "created_after")]
    [InlineData("unattributed=1", "unattributed")]
    [InlineData("unattributed=true&organization_id=o", "unattributed")]
    public void What_is_wrong_is_named(string query, string name)
    {
        var errors = new RequestErrors();
        AuditListParameters.Read(new QueryFields(Requests.Query("?" + query), errors));
        Assert.Equal([name], Requests.Names(errors));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1000")]
    public void The_limit_itself_is_allowed(string limit) =>
        Assert.Equal(limit, Read($"?limit={limit}").Limit.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static AuditQuery Read(string query)
    {
        var errors = new RequestErrors();
        var read = AuditListParameters.Read(new QueryFields(Requests.Query(query), errors));
        Assert.Empty(Requests.Names(errors));
        return read;
    }

    private static AuditEventId Id(string text) => AuditEventId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
