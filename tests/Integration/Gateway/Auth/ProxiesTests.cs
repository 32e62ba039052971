using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Auth;

/// <summary>Proxies:Known: a forwarded address counts from known proxies alone.</summary>
public sealed class ProxiesTests
{
    private static readonly string Admin = ApiKey.New().Text;

    [Theory]
    [InlineData("127.0.0.0/8", "198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.0/8", "2001:db8::7", "2001:db8::7")]
    [InlineData("127.0.0.0/8", "203.0.113.1, 198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.0/8", "203.0.113.1, 198.51.100.7, 127.0.0.9", "198.51.100.7")]
    [InlineData("127.0.0.0/8", "nonsense", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "198.51.100.7", "127.0.0.1")]
    [InlineData(null, "198.51.100.7", "127.0.0.1")]
    public async Task An_audit_event_has_the_address_that_a_known_proxy_tells_and_else_the_callers_own(
        string? known, string forwarded, string address)
    {
        await using var host = await StartAsync(known);

        (await Api(host, forwarded).PostAsync("/v1/organizations", """{"id":"seen"}""")).Created();

        var said = (await Api(host, null).GetAsync("/v1/audit-events?action=organization.create")).Ok().Body;
        Assert.Equal(address, said[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_platforms_switch_that_trusts_every_proxy_opens_nothing()
    {
        await using var host = await StartAsync(null, ("ForwardedHeaders_Enabled", "true"));

        (await Api(host, "198.51.100.7").PostAsync("/v1/organizations", """{"id":"seen"}""")).Created();

        var said = (await Api(host, null).GetAsync("/v1/audit-events?action=organization.create")).Ok().Body;
        Assert.Equal("127.0.0.1", said[0].GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("127.0.0.0/8", 401)]
    [InlineData(null, 429)]
    public async Task The_budget_of_refusals_is_the_forwarded_addresss_behind_a_known_proxy_alone(string? known, int ofAnother)
    {
        await using var host = await StartAsync(known, ("Limits:RefusalsBurst", "2"), ("Limits:RefusalsPerSecond", "1"));
        int[] one = [await TryAsync("198.51.100.7"), await TryAsync("198.51.100.7"), await TryAsync("198.51.100.7")];
        var another = await TryAsync("198.51.100.8");

        Assert.Equal([401, 401, 429, ofAnother], one.Append(another));
        (await Api(host, "198.51.100.7").GetAsync("/v1/whoami")).Ok();

        async Task<int> TryAsync(string from) => (await new ApiClient(
            host.Address, ("Authorization", "Bearer jtk_wrong"), ("X-Forwarded-For", from)).GetAsync("/v1/whoami")).Status;
    }

    [Theory]
    [InlineData("127.0.0.0/8", "max-age=31536000")]
    [InlineData(null, null)]
    public async Task The_scheme_that_a_known_proxy_tells_is_the_requests(string? known, string? transport)
    {
        await using var host = await StartAsync(known);

        var answer = await Api(host, null).GetAsync(
            "/v1/whoami", ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"), ("Host", "jobs.example.org"));

        Assert.Equal(transport, answer.Ok().Header("Strict-Transport-Security"));
    }

    private static async Task<GatewayHost> StartAsync(string? known, params (string Key, string Value)[] settings)
    {
        var host = new GatewayHost([
            ("Auth:Mode", "keys"), ("Auth:BootstrapKey", Admin),
            .. known is null ? Array.Empty<(string, string)>() : [("Proxies:Known:0", known)],
            .. settings,
        ]);
        await host.InitializeAsync();
        return host;
    }

    private static ApiClient Api(GatewayHost host, string? forwarded) => new(host.Address, [
        ("Authorization", $"Bearer {Admin}"),
        .. forwarded is null ? Array.Empty<(string, string)>() : [("X-Forwarded-For", forwarded)],
    ]);
}
