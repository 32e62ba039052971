namespace JobTracker.Tests.Integration.Gateway;

/// <summary>What no HTTP client sends: each gets its status and a problem, and the next request is served.</summary>
public sealed class RawRequestTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Caller = "Host: localhost\r\nX-Test-Org: org-raw\r\nX-Test-User: u\r\nX-Test-Scopes: admin\r\n";
    private const string Chunked = Caller + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("POST /v1/jobs", "ffffffff\r\n{}")]
    [InlineData("POST /v1/jobs", "7fffffff0\r\n{}")]
    [InlineData("POST /v1/jobs", "-1\r\n{}")]
    [InlineData("POST /v1/jobs", "xyz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /v1/jobs", "2\r\n{}X\r\n0\r\n\r\n")]
    [InlineData("POST /v1/jobs", "\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /v1/jobs/bulk", "ffffffff\r\n{}")]
    [InlineData("POST /v1/batches", "ffffffff\r\n{}")]
    [InlineData("POST /v1/batches/adopt", "ffffffff\r\n{}")]
    [InlineData("POST /v1/callback-secret/rotate", "ffffffff\r\n{}")]
    [InlineData("PATCH /v1/jobs/job-01890a5d-ac96-774b-bcce-b302099a8057", "ffffffff\r\n{}")]
    [InlineData("POST /v1/jobs/job-01890a5d-ac96-774b-bcce-b302099a8057/cancel", "ffffffff\r\n{}")]
    public async Task Broken_framing_is_a_bad_request(string line, string body)
    {
        var answer = await RawHttp.SendAsync(host.Address, $"{line} HTTP/1.1\r\n{Chunked}{body}");

        Assert.Equal("400 bad_request", answer.Problem);
        Assert.Equal(200, (await host.NewCaller().GetAsync("/v1/jobs")).Status);
    }

    [Theory]
    [InlineData("application/jsonl")]
    [InlineData("application/json")]
    public async Task A_batch_in_broken_framing_is_a_bad_request(string type)
    {
        var head = Chunked.Replace("application/json", type, StringComparison.Ordinal);

        var body = "10\r\n{\"provider\":\"x\"}\r\nffffffff\r\n";
        Assert.Equal("400 bad_request", (await RawHttp.SendAsync(host.Address, $"POST /v1/batches HTTP/1.1\r\n{head}{body}")).Problem);
    }

    [Fact]
    public async Task What_asks_about_the_server_itself_is_answered_with_a_problem()
    {
        var answer = await RawHttp.SendAsync(host.Address, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Equal("401 unauthenticated", answer.Problem);
    }

    public static TheoryData<string, string> NotHttp { get; } = new()
    {
        { "hello\r\n\r\n", "400 bad_request" },
        { "GET / HTTP/1.1\r\n\r\n", "400 bad_request" },
        { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 bad_request" },
        { "GET /v1/jobs/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 bad_request" },
        { "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n", "400 bad_request" },
        { "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n", "400 bad_request" },
        { "GET http://rebind.example/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 bad_request" },
        { $"GET /{new string('x', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", "414 uri_too_long" },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\nA: {new string('x', 40_000)}\r\n\r\n", "431 headers_too_large" },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 200))}\r\n", "431 headers_too_large" },
        { "GET / HTTP/3.7\r\nHost: localhost\r\n\r\n", "505 http_version_not_supported" },
    };

    [Theory]
    [MemberData(nameof(NotHttp))]
    public async Task What_is_not_HTTP_gets_a_problem_and_the_end_of_the_connection(string request, string problem)
    {
        var answer = await RawHttp.SendAsync(host.Address, request);

        Assert.Equal((problem, "close"), (answer.Problem, answer.Headers.GetValueOrDefault("Connection")));
        Assert.Contains($"\"trace_id\":\"{answer.Headers["X-Request-Id"]}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_that_is_not_HTTP_is_answered_without_a_body()
    {
        var answer = await RawHttp.SendAsync(host.Address, "HEAD /v1/jobs HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n");

        Assert.Equal((400, null), (answer.Status, answer.Headers.GetValueOrDefault("Content-Type")));
    }
}
