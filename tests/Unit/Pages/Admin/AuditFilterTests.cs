using JobTracker.Audit;
using JobTracker.Pages.Admin.Audit;

namespace JobTracker.Tests.Unit.Pages.Admin;

public sealed class AuditFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1h", -1)]
    [InlineData("24h", -24)]
    [InlineData("7d", -168)]
    public void A_span_counts_back_from_now(string since, int hours) =>
        Assert.Equal(Now.AddHours(hours), Filter(since: since).Query.CreatedAfter);

    [Theory]
    [InlineData("2026-05-01T00:00:00Z")]
    [InlineData("2026-05-01T02:00:00+02:00")]
    [InlineData("2026-05-01")]
    public void A_moment_in_the_address_is_taken_as_it_is_and_as_UTC_where_it_has_no_zone(string since)
    {
        var filter = Filter(since: since);

        Assert.Equal(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), filter.Query.CreatedAfter);
        Assert.Equal(since, filter.Since);
        Assert.Empty(filter.Problems);
    }

    [Fact]
    public void What_is_not_understood_does_not_count_and_is_said()
    {
        var filter = Filter(action: "key.lose", since: "yore", after: "audit-1");

        Assert.Equal(new AuditQuery { Limit = AuditFilter.PageSize }, filter.Query);
        Assert.Equal(3, filter.Problems.Count);
        Assert.False(filter.IsSet);
        Assert.False(filter.HasCursor);
    }

    [Fact]
    public void Nothing_at_all_is_the_newest_of_the_caller()
    {
        var filter = Filter(action: "", since: " ", organization: "");

        Assert.Equal(new AuditQuery { Limit = AuditFilter.PageSize }, filter.Query);
        Assert.Equal("/ui/admin/audit", filter.Address());
        Assert.Empty(filter.Problems);
    }

    [Fact]
    public void The_next_page_keeps_every_filter()
    {
        var id = AuditEventId.New(TimeProvider.System);

        Assert.Equal(
            $"/ui/admin/audit?action=key.create&since=7d&organization=a%26b&after={id}",
            Filter(action: "key.create", since: "7d", organization: "a&b").Address(after: id));
    }

    [Fact]
    public void What_belongs_to_no_organization_is_asked_for_without_one()
    {
        var filter = Filter(organization: "acme", isUnattributed: true);

        Assert.True(filter.Query.IsUnattributed);
        Assert.Null(filter.Query.OrganizationId);
        Assert.Equal("/ui/admin/audit?unattributed=true", filter.Unfiltered);
    }

    private static AuditFilter Filter(
        string? action = null, string? since = null, string? organization = null, bool isUnattributed = false, string? after = null) =>
        new(Now, action, since, organization, isUnattributed, after, before: null);
}
