namespace JobTracker.Tests.Integration.Gateway;

/// <summary>What holds for a request to any endpoint, whatever it is about.</summary>
public sealed class RequestRulesTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Unknown = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task Every_endpoint_refuses_parameters_that_it_does_not_know() =>
        Assert.All(await EveryEndpoint.AnswersAsync(host, "?nope=1", _ => { }), answer => Assert.StartsWith("422 ", answer));

    [Theory]
    [InlineData("POST", "/v1/jobs?a=1&dry_run=true&a=2")]
    [InlineData("GET", $"/v1/jobs/{Unknown}/events?a=1&dry_run=")]
    [InlineData("GET", "/v1/jobs?limit=1&a&dry_run")]
    [InlineData("GET", "/openapi/v1.json?a=1&dry_run=2")]
    public async Task Each_unknown_parameter_is_named_once(string method, string path)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null);

        Assert.Equal("422 invalid_parameter", answer.Problem);
        var errors = answer.Body.GetProperty("errors").EnumerateArray();
        Assert.Equal(["a", "dry_run"], errors.Select(error => error.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("PUT", "/v1/jobs?nope=1", "405 method_not_allowed")]
    [InlineData("GET", "/v1/nothing?nope=1", "404 path_not_found")]
    public async Task What_is_not_there_has_no_parameters_either(string method, string path, string problem) =>
        Assert.Equal(problem, (await _api.SendAsync(new HttpMethod(method), path, null)).Problem);

    [Fact]
    public async Task Every_endpoint_says_so_when_it_cannot_answer_what_is_accepted() => Assert.All(
        await EveryEndpoint.AnswersAsync(host, "", request => request.Headers.TryAddWithoutValidation("Accept", "text/html, image/*")),
        answer => Assert.StartsWith("406 ", answer));

    [Theory]
    [InlineData("*/*", true)]
    [InlineData("application/*", true)]
    [InlineData("APPLICATION/JSON", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("text/html, */*;q=0.1", true)]
    [InlineData("application/*;q=0, application/json;q=0.001", true)]
    [InlineData("what is this", true)]
    [InlineData("", true)]
    [InlineData("application/json;q=0", false)]
    [InlineData("application/json;q=0.0, */*", false)]
    [InlineData("*/*;q=0", false)]
    [InlineData("*/*, application/*;q=0", false)]
    [InlineData("text/*", false)]
    [InlineData("text/event-stream", false)]
    [InlineData("application/xml", false)]
    public async Task JSON_is_answered_where_it_is_accepted(string accept, bool isAccepted)
    {
        var answer = await _api.GetAsync("/v1/jobs", ("Accept", accept));

        Assert.Equal(isAccepted ? 200 : 406, answer.Status);
        if (!isAccepted)
            Assert.Equal("406 not_acceptable", answer.Problem);
    }

    [Theory]
    [InlineData("text/event-stream", 200)]
    [InlineData("text/*, application/json;q=0", 200)]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream;q=0, */*", 406)]
    public async Task Events_are_answered_where_they_are_accepted(string accept, int status)
    {
        var id = await _api.CreateAsync();
        using var answer = await _api.OpenAsync($"/v1/jobs/{id}/events", ("Accept", accept));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/jobs", null)]
    [InlineData("POST", "/v1/jobs", "{}")]
    [InlineData("POST", "/v1/jobs", "{")]
    [InlineData("GET", "/v1/nothing", null)]
    [InlineData("PUT", "/v1/jobs", null)]
    [InlineData("GET", "/healthz/live", null)]
    [InlineData("GET", "/docs/", null)]
    public async Task Every_answer_carries_the_id_of_its_request(string method, string path, string? body)
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var followed = await _api.SendAsync(new HttpMethod(method), path, body, ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        var own = await _api.SendAsync(new HttpMethod(method), path, body, ("traceparent", "00-not-a-trace-01"));

        Assert.Equal(Trace, followed.Header("X-Request-Id"));
        Assert.Matches("^[0-9a-f]{32}$", own.Header("X-Request-Id"));
        if (followed.ContentType == "application/problem+json")
            Assert.Equal(Trace, followed.Text("trace_id"));
    }

    [Fact]
    public async Task A_stranger_and_what_broke_off_have_ids_too()
    {
        var answers = new[] { await host.Stranger().GetAsync("/v1/jobs"), await _api.PostAsync("/v1/jobs", "{}".PadRight((1 << 20) + 1)) };

        Assert.Equal(["401 unauthenticated", "413 body_too_large"], answers.Select(answer => answer.Problem));
        Assert.All(answers, answer => Assert.Equal(answer.Text("trace_id"), answer.Header("X-Request-Id")));
    }
}
