using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>What browsers are told with every answer, whoever gives it.</summary>
public sealed class SecurityHeadersTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly (string Name, string Value)[] Expected =
    [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    [Theory]
    [InlineData("/v1/jobs", 200)]
    [InlineData("/healthz/live", 200)]
    [InlineData("/healthz/ready", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/v1/jobs?limit=x", 422)]
    [InlineData("/v1/jobs/job-01890a5d-ac96-774b-bcce-b302099a8057", 404)]
    public async Task Every_answer_carries_them(string path, int status)
    {
        var answer = await host.NewCaller().GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(Expected, Expected.Select(header => (header.Name, answer.Header(header.Name)!)));
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("BROKEN\r\n\r\n", 400)]
    [InlineData("GET /v1/jobs HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n", 401)]
    public async Task So_does_what_is_refused_before_it_is_a_request(string request, int status)
    {
        var answer = await RawHttp.SendAsync(host.Address, request);

        Assert.Equal(status, answer.Status);
        Assert.Equal(Expected, Expected.Select(header => (header.Name, answer.Headers[header.Name])));
    }

    [Fact]
    public async Task A_fault_in_development_shows_no_stack_trace_and_carries_them()
    {
        await using var broken = new GatewayHost(("environment", "Development"));
        broken.Log.Expect("", "a store that breaks in a way nobody expected");
        await broken.InitializeAsync();
        broken.Faults.Otherwise = PlannedFault.Bug;

        var answer = await broken.NewCaller().GetAsync("/v1/jobs");

        Assert.Equal("500 internal_error", answer.Problem);
        Assert.DoesNotContain("A bug of the store", answer.Raw);
        Assert.DoesNotContain(" at JobTracker", answer.Raw);
        Assert.Equal(Expected, Expected.Select(header => (header.Name, answer.Header(header.Name)!)));
    }

    [Fact]
    public async Task The_reference_may_run_its_own_content_and_stand_in_no_frame()
    {
        var policy = (await host.NewCaller().OpenAsync("/docs")).Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'self'; ", policy);
        Assert.EndsWith("frame-ancestors 'none'", policy);
    }

    [Fact]
    public async Task Where_other_origins_may_call_they_may_read()
    {
        await using var shared = new GatewayHost(("Cors:Origins:0", "https://console.example.org"));
        await shared.InitializeAsync();

        Assert.Equal("cross-origin", (await shared.NewCaller().GetAsync("/v1/jobs")).Header("Cross-Origin-Resource-Policy"));
    }
}
