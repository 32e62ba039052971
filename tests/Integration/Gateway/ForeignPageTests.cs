using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>While nobody signs in: what a page of somebody else, open in a browser on this machine, can reach.</summary>
public sealed class ForeignPageTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("/v1/callback-secret")]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/batches")]
    [InlineData("/v1/nothing")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/")]
    [InlineData("/docs")]
    public async Task A_name_that_is_not_this_machines_is_refused(string path)
    {
        var answer = await _api.GetAsync(path, ("Host", "rebind.example"));

        Assert.Equal(("421 misdirected_request", "application/problem+json"), (answer.Problem, answer.ContentType));
        Assert.Contains("AllowedHosts", answer.Text("detail"));
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:1234", 200)]
    [InlineData("localhost.", 200)]
    [InlineData("app.localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.8.8.8:80", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("[::ffff:127.0.0.1]", 200)]
    [InlineData("localhost.rebind.example", 421)]
    [InlineData("127.0.0.1.rebind.example", 421)]
    [InlineData("notlocalhost", 421)]
    [InlineData("0.0.0.0", 421)]
    [InlineData("10.0.0.1:8080", 421)]
    [InlineData("[2001:db8::1]", 421)]
    public async Task Only_names_and_addresses_of_this_machine_are_served(string name, int status) =>
        Assert.Equal(status, (await _api.GetAsync("/v1/jobs", ("Host", name))).Status);

    [Fact]
    public async Task A_probe_may_call_the_process_as_it_likes() =>
        Assert.Equal(200, (await _api.GetAsync("/healthz/live", ("Host", "10.1.2.3:8080"))).Status);

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "file://")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("sec-fetch-site", "Cross-Site")]
    public async Task A_page_of_another_origin_changes_nothing(string header, string value)
    {
        var before = (await _api.GetAsync("/v1/callback-secret")).Text("secret");
        var answers = await EveryEndpoint.AnswersAsync(
            host,
            "",
            request => request.Headers.TryAddWithoutValidation(header, value),
            (method, _) => method != HttpMethod.Get && method != HttpMethod.Head);
        var refused = await _api.PostAsync("/v1/callback-secret/rotate", null, (header, value));

        Assert.All(answers, answer => Assert.StartsWith("403 ", answer));
        Assert.Equal("403 cross_site_request", refused.Problem);
        Assert.Equal(before, (await _api.GetAsync("/v1/callback-secret")).Text("secret"));
    }

    [Fact]
    public async Task The_services_own_page_and_what_is_no_page_may_change_things()
    {
        (await _api.PostAsync("/v1/jobs", "{}", ("Origin", host.Address), ("Sec-Fetch-Site", "same-origin"))).Created();
        (await _api.PostAsync("/v1/jobs", "{}", ("Sec-Fetch-Site", "none"))).Created();
        (await _api.PostAsync("/v1/jobs", "{}", ("Host", "localhost"), ("Origin", "http://LOCALHOST"))).Created();
        (await _api.GetAsync("/v1/jobs", ("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site"))).Ok();
    }
}

/// <summary>The same with names that the configuration adds.</summary>
public sealed class AllowedHostsTests : IAsyncLifetime
{
    private readonly GatewayHost _host = new(("AllowedHosts", "api.example;*.inner.example;*"));

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_name_of_AllowedHosts_is_served_as_this_machines_are_but_not_every_name()
    {
        var api = _host.NewCaller();

        foreach (var name in new[] { "api.example", "API.example:8080", "a.inner.example", "localhost", "127.0.0.1" })
            (await api.GetAsync("/v1/jobs", ("Host", name))).Ok();
        foreach (var name in new[] { "inner.example", "rebind.example", "api.example.rebind.example" })
            Assert.Equal("421 misdirected_request", (await api.GetAsync("/v1/jobs", ("Host", name)).Soon()).Problem);
    }
}
