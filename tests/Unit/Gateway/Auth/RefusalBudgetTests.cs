using System.Net;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway.Auth;

public sealed class RefusalBudgetTests : IDisposable
{
    private const int Burst = 3;

    private readonly RefusalBudget _budget = new(Options.Create(new GatewayLimits { RefusalsBurst = Burst, RefusalsPerSecond = 1 }));

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void An_address_has_so_many_and_no_more()
    {
        for (var i = 0; i < Burst; i++)
            Assert.True(Spend("192.0.2.1"));

        Assert.False(Spend("192.0.2.1"));
        Assert.True(Spend("192.0.2.2"));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("fe80::1%1", "fe80::2%2", true)]
    [InlineData(null, null, true)]
    [InlineData(null, "192.0.2.1", false)]
    public void One_caller_has_one_budget_however_many_addresses_he_has(string? one, string? other, bool isShared)
    {
        for (var i = 0; i < Burst; i++)
            Spend(one);

        Assert.Equal(!isShared, Spend(other));
    }

    [Fact]
    public async Task It_fills_again_with_time()
    {
        while (Spend("192.0.2.1"))
        {
        }

        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        async Task FilledAsync()
        {
            while (!Spend("192.0.2.1"))
                await looks.WaitForNextTickAsync();
        }

        await FilledAsync().Soon();
    }

    private bool Spend(string? address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return _budget.Spend(http);
    }
}
