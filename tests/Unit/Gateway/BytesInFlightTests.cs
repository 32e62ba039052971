using System.Security.Claims;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Quotas;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class BytesInFlightTests : IDisposable
{
    private const int Page = 1 << 14;

    private static readonly IOptions<GatewayLimits> Limits = Options.Create(
        new GatewayLimits { PageBytes = Page, OrganizationBytesInFlight = 2 * Page, ListWait = TimeSpan.Zero });

    private readonly Shares _shares = new(Limits, TimeProvider.System);
    private readonly BytesInFlight _bytes;

    public BytesInFlightTests() => _bytes = new BytesInFlight(Limits, _shares, TimeProvider.System);

    public void Dispose()
    {
        _bytes.Dispose();
        _shares.Dispose();
    }

    [Fact]
    public async Task An_organization_has_so_many_bytes_on_their_way_and_no_more()
    {
        Assert.NotNull(await ReserveAsync("a"));
        using var second = await ReserveAsync("a");
        Assert.NotNull(second);
        Assert.Null(await ReserveAsync("a"));
        Assert.NotNull(await ReserveAsync("b"));

        second.Dispose();

        Assert.NotNull(await ReserveAsync("a"));
        Assert.Null(await ReserveAsync("a"));
    }

    [Fact]
    public async Task A_short_page_takes_the_bytes_that_it_has_and_not_those_of_the_largest()
    {
        for (var list = 0; list < 16; list++)
            (await ReserveAsync("a"))!.Narrow(Page / 16);
        Assert.NotNull(await ReserveAsync("a"));

        Assert.Null(await ReserveAsync("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Page)]
    [InlineData(long.MaxValue)]
    public async Task A_page_that_does_not_say_its_bytes_or_has_more_counts_as_the_largest(long bytes)
    {
        (await ReserveAsync("a"))!.Narrow(bytes);
        (await ReserveAsync("a"))!.Narrow(bytes);

        Assert.Null(await ReserveAsync("a"));
    }

    [Fact]
    public async Task A_page_for_whose_size_there_is_no_room_beside_its_reservation_keeps_that()
    {
        var first = (await ReserveAsync("a"))!;
        await ReserveAsync("a");

        first.Narrow(1);
        Assert.Null(await ReserveAsync("a"));
        first.Dispose();
        Assert.NotNull(await ReserveAsync("a"));
    }

    private ValueTask<Reservation?> ReserveAsync(string organization) => _bytes.ReserveAsync(new DefaultHttpContext
    {
        User = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(CallerClaims.Organization, organization), new Claim(CallerClaims.User, "user")], "test")),
    });
}
