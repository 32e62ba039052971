using System.Text.RegularExpressions;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Two organizations that probe each other on every endpoint: what belongs to the other is what does not exist.</summary>
public sealed partial class IsolationTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Missing = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private readonly ApiClient _owner = host.NewCaller();
    private readonly ApiClient _other = host.NewCaller();

    [Theory]
    [InlineData("GET", "/v1/jobs/{0}", null)]
    [InlineData("GET", "/v1/jobs/{0}?wait=30&after_version=0", null)]
    [InlineData("GET", "/v1/jobs/{0}?wait=30&until=terminal", null)]
    [InlineData("GET", "/v1/jobs/{0}/events", null)]
    [InlineData("PATCH", "/v1/jobs/{0}", """{"status":"pending"}""")]
    [InlineData("PATCH", "/v1/jobs/{0}", """{"status":"completed"}""")]
    [InlineData("PATCH", "/v1/jobs/{0}/cancel", null)]
    [InlineData("POST", "/v1/jobs/{0}/cancel", """{"stop_reason":"max_steps"}""")]
    [InlineData("DELETE", "/v1/jobs/{0}", null)]
    [InlineData("GET", "/v1/jobs/{0}/callback/attempts", null)]
    [InlineData("POST", "/v1/jobs/{0}/callback/redeliver", null)]
    public async Task Anothers_job_answers_byte_for_byte_as_a_missing_one(string method, string path, string? body)
    {
        var id = await _owner.CreateAsync();
        var before = (await _owner.GetAsync($"/v1/jobs/{id}")).Raw;
        foreach (var (name, value) in new[] { ("If-Match", "\"1\""), ("If-Match", "\"9\""), ("If-None-Match", "*"),
            ("Last-Event-ID", "1") })
        {
            var foreign = await _other.SendAsync(
                new HttpMethod(method), path.Replace("{0}", id, StringComparison.Ordinal), body, (name, value));
            var missing = await _other.SendAsync(
                new HttpMethod(method), path.Replace("{0}", Missing, StringComparison.Ordinal), body, (name, value));

            Assert.Equal("404 job_not_found", foreign.Problem);
            Assert.Equal(Comparable(missing), Comparable(foreign));
        }
        Assert.Equal(before, (await _owner.GetAsync($"/v1/jobs/{id}")).Raw);
    }

    [Theory]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/jobs?status=created")]
    [InlineData("/v1/jobs?active=true")]
    [InlineData("/v1/jobs?job_type=secret")]
    [InlineData("/v1/jobs?source_id=shared")]
    [InlineData("/v1/jobs?user_id=user-1")]
    [InlineData("/v1/jobs?order=asc&after=" + Missing)]
    [InlineData("/v1/jobs/active")]
    [InlineData("/v1/jobs/active?source_id=shared")]
    public async Task No_list_shows_anothers_job(string path)
    {
        await _owner.CreateAsync("""{"job_type":"secret","metadata":{"source_id":"shared"}}""");

        Assert.Empty((await _other.GetAsync(path)).Ok().Ids);
    }

    [Fact]
    public async Task Anothers_job_as_a_cursor_or_a_parent_reveals_nothing()
    {
        var foreign = await _owner.CreateAsync();
        await _owner.CreateAsync($$"""{"parent_id":"{{foreign}}"}""");
        var own = await _other.CreateAsync();

        Assert.Equal([own], (await _other.GetAsync($"/v1/jobs?order=asc&after={foreign}")).Ok().Ids);
        Assert.Empty((await _other.GetAsync($"/v1/jobs?order=asc&before={foreign}")).Ok().Ids);
        Assert.Empty((await _other.GetAsync($"/v1/jobs?parent_id={foreign}")).Ok().Ids);
    }

    [Fact]
    public async Task Counts_are_ones_own()
    {
        await _owner.CreateAsync("""{"job_type":"secret"}""");
        var counts = (await _other.GetAsync("/v1/jobs/stats")).Ok();

        Assert.Equal((0, "{}"), (counts.Body.GetProperty("total").GetInt32(), counts.Body.GetProperty("by_job_type").GetRawText()));
    }

    [Fact]
    public async Task Two_organizations_may_use_one_idempotency_key()
    {
        var first = (await _owner.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "shared"))).Created();
        var second = (await _other.PostAsync("/v1/jobs", """{"job_type":"run"}""", ("Idempotency-Key", "shared"))).Created();

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.NotEqual(first.Text("organization_id"), second.Text("organization_id"));
    }

    [Fact]
    public async Task Who_is_of_the_organization_may_change_its_jobs()
    {
        var id = await _owner.CreateAsync();
        var organization = (await _owner.GetAsync($"/v1/jobs/{id}")).Text("organization_id");
        var colleague = host.Caller(organization, user: "user-2");

        var changed = (await colleague.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""")).Ok();
        Assert.Equal(
            ("user-1", "user-1", "user-2"), (changed.Text("user_id"), changed.Text("created_by_id"), changed.Text("last_updated_by_id")));
    }

    private static string Comparable(Answer answer)
    {
        var headers = answer.Headers.Where(header => header.Key is not ("Date" or "X-Request-ID"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}\n");
        return string.Concat(headers) + answer.ContentType + Varying().Replace(answer.Raw, "");
    }

    [GeneratedRegex("\"(instance|trace_id)\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying();
}
