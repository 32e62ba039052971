using System.Text.Json;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class JobsApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task A_new_job_is_told_where_it_is_and_reads_back_the_same()
    {
        var made = (await _api.PostAsync("/v1/jobs", """{"job_type":"run","metadata":{"a":[1.50,"é<"]}}""")).Created();
        var read = (await _api.GetAsync(made.Header("Location")!)).Ok();

        Assert.Equal(made.Raw, read.Raw);
        Assert.Equal(("\"1\"", "\"1\""), (made.Header("ETag"), read.Header("ETag")));
        Assert.Equal($"/v1/jobs/{made.Text("id")}", made.Header("Location"));
        Assert.Equal("""{"a":[1.50,"é<"]}""", made.Body.GetProperty("metadata").GetRawText());
        Assert.Equal(("run", "created", "user-1"), (made.Text("job_type"), made.Text("status"), made.Text("created_by_id")));
    }

    [Fact]
    public async Task A_job_may_begin_in_the_middle_with_its_history()
    {
        var made = (await _api.PostAsync("/v1/jobs", """{"status":"running"}""")).Created();

        Assert.Equal(["created", "pending", "running"], made.Body.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("status").GetString()));
        Assert.Equal(1, made.Body.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_version_that_is_known_is_not_sent_again()
    {
        var id = await _api.CreateAsync();

        var known = await _api.GetAsync($"/v1/jobs/{id}", ("If-None-Match", "\"1\""));
        Assert.Equal((304, "", "\"1\""), (known.Status, known.Raw, known.Header("ETag")));
        Assert.Equal(200, (await _api.GetAsync($"/v1/jobs/{id}", ("If-None-Match", "\"2\""))).Status);
    }

    [Fact]
    public async Task A_change_merges_metadata_and_raises_the_version()
    {
        var id = await _api.CreateAsync("""{"metadata":{"a":1,"b":{"c":2,"d":3}}}""");
        var changed = (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending","metadata":{"a":null,"b":{"c":4}},"progress":{"completed":1}}""")).Ok();

        Assert.Equal(["""{"b":{"d":3,"c":4}}""", "pending", "2"], [changed.Body.GetProperty("metadata").GetRawText(), changed.Text("status"), changed.Body.GetProperty("version").GetRawText()]);
        Assert.Equal("\"2\"", changed.Header("ETag"));
        var cleared = (await _api.PatchAsync($"/v1/jobs/{id}", """{"progress":null}""")).Ok();
        Assert.Equal(JsonValueKind.Null, cleared.Body.GetProperty("progress").ValueKind);
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("W/\"1\"", 412)]
    [InlineData("\"x\"", 412)]
    [InlineData("1", 422)]
    public async Task A_change_is_made_at_the_version_that_it_names(string tag, int status)
    {
        var id = await _api.CreateAsync();

        Assert.Equal(status, (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""", ("If-Match", tag))).Status);
        var expected = status == 200 ? "pending" : "created";
        Assert.Equal(expected, (await _api.GetAsync($"/v1/jobs/{id}")).Text("status"));
    }

    [Fact]
    public async Task A_stale_cancel_and_a_stale_delete_change_nothing()
    {
        var id = await _api.CreateAsync();

        Assert.Equal("412 version_mismatch", (await _api.PostAsync($"/v1/jobs/{id}/cancel", null, ("If-Match", "\"2\""))).Problem);
        Assert.Equal("412 version_mismatch", (await _api.DeleteAsync($"/v1/jobs/{id}", ("If-Match", "\"2\""))).Problem);
        Assert.Equal(1, (await _api.GetAsync($"/v1/jobs/{id}")).Body.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("PATCH", null, "cancelled")]
    [InlineData("POST", null, "cancelled")]
    [InlineData("POST", "{}", "cancelled")]
    [InlineData("PATCH", """{"stop_reason":"max_steps"}""", "max_steps")]
    public async Task A_cancel_needs_no_body_and_the_second_one_changes_nothing(string method, string? body, string reason)
    {
        var id = await _api.CreateAsync();
        var first = (await _api.SendAsync(new HttpMethod(method), $"/v1/jobs/{id}/cancel", body)).Ok();
        var second = (await _api.SendAsync(new HttpMethod(method), $"/v1/jobs/{id}/cancel", body)).Ok();

        Assert.Equal(("cancelled", reason), (first.Text("status"), first.Text("stop_reason")));
        Assert.Equal(first.Raw, second.Raw);
    }

    [Fact]
    public async Task A_deleted_job_is_told_once_more_and_gone()
    {
        var id = await _api.CreateAsync();
        var before = (await _api.GetAsync($"/v1/jobs/{id}")).Raw;

        Assert.Equal(before, (await _api.DeleteAsync($"/v1/jobs/{id}")).Ok().Raw);
        Assert.Equal("404 job_not_found", (await _api.GetAsync($"/v1/jobs/{id}")).Problem);
        Assert.Equal("404 job_not_found", (await _api.DeleteAsync($"/v1/jobs/{id}")).Problem);
    }

    [Fact]
    public async Task Every_path_works_with_a_slash_at_its_end()
    {
        var id = (await _api.PostAsync("/v1/jobs/", "{}")).Created().Text("id");
        (await _api.PostAsync("/v1/jobs/bulk/", """{"jobs":[]}""")).Ok();
        foreach (var path in new[] { "/v1/jobs/", "/v1/jobs/active/", "/v1/jobs/stats/", $"/v1/jobs/{id}/", "/healthz/live/", "/healthz/ready/", "/openapi/v1.json/", "/docs/" })
            (await _api.GetAsync(path)).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}/", "{}")).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}/cancel/", null)).Ok();
        (await _api.PostAsync($"/v1/jobs/{id}/cancel/", null)).Ok();
        (await _api.GetAsync($"/v1/jobs/{id}/events/")).Ok();
        (await _api.DeleteAsync($"/v1/jobs/{id}/")).Ok();
    }
}
