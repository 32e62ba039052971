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
    public async Task A_tag_that_a_proxy_weakened_is_told_from_a_stale_one()
    {
        var id = await _api.CreateAsync();
        var refused = await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""", ("If-Match", "W/\"1\""));

        Assert.Equal("412 version_mismatch", refused.Problem);
        Assert.Contains("proxy", refused.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heartbeat_takes_no_condition()
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");

        Assert.Equal("422 invalid_header", (await _api.PostAsync($"/v1/jobs/{id}/heartbeat", null, ("If-Match", "\"1\""))).Problem);
    }

    /// <summary>Sizes are those of the UTF-8 that was sent: nothing is escaped for whom JSON does not ask it.</summary>
    [Theory]
    [InlineData("😀")]
    [InlineData("\u2028")]
    [InlineData("\u007F")]
    [InlineData("é<&'")]
    public async Task A_text_is_kept_at_the_size_it_was_sent_with(string text)
    {
        var metadata = $$"""{"a":"{{string.Concat(Enumerable.Repeat(text, 10))}}"}""";
        var made = (await _api.PostAsync("/v1/jobs", $$"""{"metadata":{{metadata}} }""")).Created();
        Assert.Equal(metadata, made.Body.GetProperty("metadata").GetRawText());

        var changed = (await _api.PatchAsync($"/v1/jobs/{made.Text("id")}", """{"metadata":{"b":1}}""")).Ok();
        Assert.Equal(metadata[..^1] + ",\"b\":1}", changed.Body.GetProperty("metadata").GetRawText());
    }

    [Theory]
    [InlineData("""{"timeout_seconds":30.0}""", 30)]
    [InlineData("""{"timeout_seconds":3e1}""", 30)]
    public async Task A_whole_number_may_be_written_with_a_fraction_of_nothing(string body, int seconds) =>
        Assert.Equal(seconds, (await _api.PostAsync("/v1/jobs", body)).Created().Body.GetProperty("timeout_seconds").GetInt32());

    [Theory]
    [InlineData("""{"timeout_seconds":0}""", "must be 1 to 2592000 seconds")]
    [InlineData("""{"heartbeat_timeout_seconds":2592001}""", "must be 1 to 2592000 seconds")]
    [InlineData("""{"callback_url":"/hook"}""", "must be absolute, such as https://example.org/hook")]
    [InlineData("""{"metadata":{"source_id":5}}""", "source_id must be a string of 1 to 512 characters: lists ask for it")]
    [InlineData("""{"metadata":{"source_id":""}}""", "source_id must be a string of 1 to 512 characters: lists ask for it")]
    public async Task What_is_refused_says_what_is_allowed(string body, string detail)
    {
        var refused = await _api.PostAsync("/v1/jobs", body);

        Assert.Equal(
            ("422 invalid_body", detail), (refused.Problem, refused.Body.GetProperty("errors")[0].GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_parent_is_a_job_of_the_organization()
    {
        var parent = await _api.CreateAsync();
        var foreign = await host.NewCaller().CreateAsync();
        Assert.Equal(parent, (await _api.PostAsync("/v1/jobs", $$"""{"parent_id":"{{parent}}"}""")).Created().Text("parent_id"));

        foreach (var other in new[] { foreign, "job-019b7c8d-f708-7abc-8def-0123456789ab" })
        {
            var refused = await _api.PostAsync("/v1/jobs", $$"""{"parent_id":"{{other}}"}""");
            Assert.Equal(("422 invalid_body", "$.parent_id"),
                (refused.Problem, refused.Body.GetProperty("errors")[0].GetProperty("name").GetString()));
        }

        (await _api.DeleteAsync($"/v1/jobs/{parent}")).Ok();
        Assert.Equal("422 invalid_body", (await _api.PostAsync("/v1/jobs", $$"""{"parent_id":"{{parent}}"}""")).Problem);
    }

    [Theory]
    [InlineData(512, 201)]
    [InlineData(513, 422)]
    public async Task A_source_id_that_is_taken_can_be_listed_by(int length, int status)
    {
        var source = new string('s', length);
        var made = await _api.PostAsync("/v1/jobs", $$"""{"metadata":{"source_id":"{{source}}"} }""");
        Assert.Equal(status, made.Status);
        if (status == 201)
            Assert.Equal([made.Text("id")], (await _api.GetAsync($"/v1/jobs?source_id={source}")).Ok().Ids);
    }

    [Fact]
    public async Task A_job_may_begin_in_the_middle_with_its_history()
    {
        var made = (await _api.PostAsync("/v1/jobs", """{"status":"running"}""")).Created();

        Assert.Equal(["created", "pending", "running"], made.Body.GetProperty("history")
            .EnumerateArray().Select(step => step.GetProperty("status").GetString()));
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
        var changed = (await _api.PatchAsync(
            $"/v1/jobs/{id}", """{"status":"pending","metadata":{"a":null,"b":{"c":4}},"progress":{"completed":1}}""")).Ok();

        Assert.Equal(["""{"b":{"d":3,"c":4}}""", "pending", "2"],
            [changed.Body.GetProperty("metadata").GetRawText(), changed.Text("status"), changed.Body.GetProperty("version").GetRawText()]);
        Assert.Equal("\"2\"", changed.Header("ETag"));
        var cleared = (await _api.PatchAsync($"/v1/jobs/{id}", """{"progress":null}""")).Ok();
        Assert.Equal(JsonValueKind.Null, cleared.Body.GetProperty("progress").ValueKind);
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("W/\"1\"", 412)]
    [InlineData("\"2\", \"1\"", 200)]
    [InlineData("\"01\"", 412)]
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
        foreach (var path in new[] { "/v1/jobs/", "/v1/jobs/active/", "/v1/jobs/stats/", $"/v1/jobs/{id}/", "/healthz/live/",
            "/healthz/ready/", "/openapi/v1.json/", "/docs/" })
            (await _api.GetAsync(path)).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}/", "{}")).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}/cancel/", null)).Ok();
        (await _api.PostAsync($"/v1/jobs/{id}/cancel/", null)).Ok();
        (await _api.GetAsync($"/v1/jobs/{id}/events/")).Ok();
        (await _api.DeleteAsync($"/v1/jobs/{id}/")).Ok();
    }
}
