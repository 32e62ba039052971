using System.Security.Claims;
using System.Threading.RateLimiting;
using JobTracker.Callers;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Quotas;
using JobTracker.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class SharesTests : IDisposable
{
    private readonly Shares _shares = new(
        Options.Create(new GatewayLimits { Streams = 2, Waits = 2, Creates = 2, Lists = 2, ListWait = TimeSpan.FromMilliseconds(10) }),
        TimeProvider.System);

    public static TheoryData<string> Kinds => ["stream", "wait", "create", "list"];

    public void Dispose() => _shares.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_organization_has_so_many_and_no_more_and_one_that_ends_makes_room(string kind)
    {
        Assert.NotNull(await TakeAsync(kind, "a"));
        var second = await TakeAsync(kind, "a");
        Assert.NotNull(second);
        Assert.Null(await TakeAsync(kind, "a"));
        Assert.NotNull(await TakeAsync(kind, "b"));

        second.Dispose();

        Assert.NotNull(await TakeAsync(kind, "a"));
        Assert.Null(await TakeAsync(kind, "a"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_organization_of_its_own_limits_has_those(string kind)
    {
        var own = new OrganizationLimits(Waits: 1, Streams: 1, Lists: 1, Creates: 1);

        Assert.NotNull(await TakeAsync(kind, "a", own));
        Assert.Null(await TakeAsync(kind, "a", own));
    }

    [Fact]
    public void A_bulk_of_more_than_there_may_be_takes_all_rather_than_never_to_run()
    {
        Assert.NotNull(_shares.TakeCreates(Http("a"), 100));
        Assert.Null(_shares.TakeCreates(Http("a"), 1));
    }

    private async Task<RateLimitLease?> TakeAsync(string kind, string organization, OrganizationLimits? own = null)
    {
        var http = Http(organization, own);
        return kind switch
        {
            "stream" => _shares.TakeStream(http),
            "wait" => _shares.TakeWait(http),
            "create" => _shares.TakeCreates(http, 1),
            _ => await _shares.TakeListAsync(http),
        };
    }

    private static DefaultHttpContext Http(string organization, OrganizationLimits? own = null) => new()
    {
        User = new ClaimsPrincipal(new CallerIdentity("test", new Caller(organization, "user"), [])
        {
            Limits = own ?? OrganizationLimits.Configured,
        }),
    };
}
