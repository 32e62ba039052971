namespace JobTracker.Tests.Integration.Gateway;

/// <summary>A gateway that pages of one origin may call.</summary>
public sealed class BrowsedHost : IAsyncLifetime
{
    public const string Origin = "https://console.example.org";

    internal GatewayHost Gateway { get; } = new(("Cors:Origins:0", Origin));

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

/// <summary>What a browser is told about pages of other origins.</summary>
public sealed class CorsTests(BrowsedHost browsed, GatewayHost plain) : IClassFixture<BrowsedHost>, IClassFixture<GatewayHost>
{
    private const string Allowed = "Access-Control-Allow-Origin";

    [Fact]
    public async Task A_named_origin_may_ask_and_read_the_headers_that_clients_need()
    {
        var api = browsed.Gateway.NewCaller();
        var preflight = await api.SendAsync(
            HttpMethod.Options, "/v1/jobs", null,
            ("Origin", BrowsedHost.Origin), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
        Assert.Equal((204, BrowsedHost.Origin), (preflight.Status, preflight.Header(Allowed)));
        Assert.Contains("POST", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);

        var made = (await api.PostAsync("/v1/jobs", "{}", ("Origin", BrowsedHost.Origin))).Created();
        Assert.Equal(BrowsedHost.Origin, made.Header(Allowed));
        Assert.Contains("Location", made.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_origin_is_told_nothing() =>
        Assert.Null((await browsed.Gateway.NewCaller().GetAsync("/v1/jobs", ("Origin", "https://elsewhere.example.org"))).Header(Allowed));

    [Fact]
    public async Task Without_a_named_origin_no_page_may_ask() =>
        Assert.Null((await plain.NewCaller().GetAsync("/v1/jobs", ("Origin", BrowsedHost.Origin))).Header(Allowed));

    [Theory]
    [InlineData("*")]
    [InlineData("console.example.org")]
    [InlineData("https://console.example.org/")]
    [InlineData("https://console.example.org/path")]
    public async Task What_is_no_origin_is_refused_at_start(string origin)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = new GatewayHost(("Cors:Origins:0", origin));
            await host.InitializeAsync();
        });

        Assert.Contains("Cors:Origins:0", refusal.ToString(), StringComparison.Ordinal);
    }
}
