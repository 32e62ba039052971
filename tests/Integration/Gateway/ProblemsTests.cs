using System.Text;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class ProblemsTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Unknown = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("GET", "/v1/nope", null, "404 path_not_found")]
    [InlineData("PUT", "/v1/jobs", "{}", "405 method_not_allowed")]
    [InlineData("POST", "/v1/jobs", "{", "400 malformed_json")]
    [InlineData("POST", "/v1/jobs", "", "400 malformed_json")]
    [InlineData("POST", "/v1/jobs", "{}{}", "400 malformed_json")]
    [InlineData("POST", "/v1/jobs", """{"a":01}""", "400 malformed_json")]
    [InlineData("POST", "/v1/jobs", "[]", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs", """{"statuss":"x"}""", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs", """{"job_type":"Run"}""", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs", """{"status":"completed"}""", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs", """{"callback_url":"ftp://x/"}""", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs", """{"expires_at":"2001-01-01T00:00:00Z"}""", "422 invalid_body")]
    [InlineData("POST", "/v1/jobs/bulk", "{", "400 malformed_json")]
    [InlineData("GET", "/v1/jobs?limit=x", null, "422 invalid_parameter")]
    [InlineData("GET", "/v1/jobs?before=job-1", null, "422 invalid_parameter")]
    [InlineData("GET", "/v1/jobs/active?limit=51", null, "422 invalid_parameter")]
    [InlineData("GET", "/v1/jobs/stats?x=1", null, "422 invalid_parameter")]
    [InlineData("GET", "/v1/jobs/job-1", null, "422 invalid_job_id")]
    [InlineData("GET", "/v1/jobs/JOB-01890A5D-AC96-774B-BCCE-B302099A8057", null, "422 invalid_job_id")]
    [InlineData("GET", "/v1/jobs/job-1/events", null, "422 invalid_job_id")]
    [InlineData("PATCH", "/v1/jobs/job-1", "{}", "422 invalid_job_id")]
    [InlineData("POST", "/v1/jobs/job-1/cancel", null, "422 invalid_job_id")]
    [InlineData("DELETE", "/v1/jobs/job-1", null, "422 invalid_job_id")]
    [InlineData("GET", $"/v1/jobs/{Unknown}", null, "404 job_not_found")]
    [InlineData("GET", $"/v1/jobs/{Unknown}?wait=30", null, "404 job_not_found")]
    [InlineData("GET", $"/v1/jobs/{Unknown}/events", null, "404 job_not_found")]
    [InlineData("PATCH", $"/v1/jobs/{Unknown}", "{}", "404 job_not_found")]
    [InlineData("PATCH", $"/v1/jobs/{Unknown}/cancel", null, "404 job_not_found")]
    [InlineData("DELETE", $"/v1/jobs/{Unknown}", null, "404 job_not_found")]
    [InlineData("GET", "/v1/jobs/job-1/callback/attempts", null, "422 invalid_job_id")]
    [InlineData("POST", "/v1/jobs/job-1/callback/redeliver", null, "422 invalid_job_id")]
    [InlineData("GET", $"/v1/jobs/{Unknown}/callback/attempts", null, "404 job_not_found")]
    [InlineData("POST", $"/v1/jobs/{Unknown}/callback/redeliver", null, "404 job_not_found")]
    [InlineData("DELETE", "/v1/callback-secret", null, "405 method_not_allowed")]
    public async Task Every_error_is_a_problem_with_its_code(string method, string path, string? body, string expected)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal((expected, "application/problem+json"), (answer.Problem, answer.ContentType));
        Assert.Equal($"urn:jobtracker:problem:{answer.Text("code")}", answer.Text("type"));
        Assert.Equal((path.Split('?')[0], answer.Status), (answer.Text("instance"), answer.Body.GetProperty("status").GetInt32()));
        Assert.All(new[] { "title", "detail", "trace_id" }, member => Assert.NotEmpty(answer.Text(member)));
    }

    [Fact]
    public async Task A_refused_transition_says_where_the_job_can_go_and_not_to_try_again()
    {
        var id = await _api.CreateAsync();
        var answer = await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""");

        Assert.Equal(("409 transition_not_allowed", "false"), (answer.Problem, answer.Header("x-should-retry")));
        Assert.Equal(("created", "completed"), (answer.Text("from"), answer.Text("to")));
        Assert.Equal(["pending", "cancelled"], answer.Body.GetProperty("allowed").EnumerateArray().Select(status => status.GetString()));
    }

    [Fact]
    public async Task An_ended_job_says_why_it_ended()
    {
        var id = await _api.CreateAsync();
        await _api.PostAsync($"/v1/jobs/{id}/cancel", """{"stop_reason":"max_steps"}""");
        var move = await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""");
        var progress = await _api.PatchAsync($"/v1/jobs/{id}", """{"progress":{"completed":1}}""");

        Assert.Equal(("409 transition_not_allowed", "max_steps", "[]"),
            (move.Problem, move.Text("stop_reason"), move.Body.GetProperty("allowed").GetRawText()));
        Assert.Equal(("409 job_has_ended", "false", """["progress"]"""),
            (progress.Problem, progress.Header("x-should-retry"), progress.Body.GetProperty("fields").GetRawText()));
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"metadata":{"note":1}}""")).Ok();
    }

    [Theory]
    [InlineData("text/plain", "utf-8", 415)]
    [InlineData("application/x-www-form-urlencoded", "utf-8", 415)]
    [InlineData("application/json", "utf-16", 415)]
    [InlineData("application/json", "utf-8", 201)]
    [InlineData("application/vnd.example+json", "utf-8", 201)]
    public async Task A_body_is_UTF8_JSON_and_says_so(string type, string charset, int status)
    {
        using var content = new StringContent("{}", Encoding.GetEncoding(charset), type);

        Assert.Equal(status, await _api.StatusOfAsync(HttpMethod.Post, "/v1/jobs", content));
    }

    [Theory]
    [InlineData("GET", "/v1/jobs", "jobs:write")]
    [InlineData("GET", $"/v1/jobs/{Unknown}", "jobs:write")]
    [InlineData("POST", "/v1/jobs", "jobs:read")]
    [InlineData("DELETE", $"/v1/jobs/{Unknown}", "jobs:read")]
    public async Task Who_is_not_signed_in_or_may_not_is_told_so(string method, string path, string scopes)
    {
        Assert.Equal("401 unauthenticated", (await host.Stranger().SendAsync(new HttpMethod(method), path, null)).Problem);
        Assert.Equal(
            "403 insufficient_scope",
            (await host.Caller("org-scopes", scopes: scopes).SendAsync(new HttpMethod(method), path, null)).Problem);
    }

    [Fact]
    public async Task Health_asks_for_no_key_and_the_documents_for_any()
    {
        foreach (var path in new[] { "/healthz/live", "/healthz/ready" })
            Assert.Equal(200, (await host.Stranger().GetAsync(path)).Status);
        foreach (var path in new[] { "/openapi/v1.json", "/docs/", "/docs/scalar.js" })
        {
            Assert.Equal("401 unauthenticated", (await host.Stranger().GetAsync(path)).Problem);
            Assert.Equal(200, (await host.Caller("org-any", scopes: "jobs:write").GetAsync(path)).Status);
        }
    }
}
