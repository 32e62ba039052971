using System.Text.Json;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Signs of life over HTTP, and what a job says of its future.</summary>
public sealed class HeartbeatTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task A_heartbeat_answers_the_job_and_a_later_one_is_seen_at_once()
    {
        var id = await _api.CreateAsync("""{"status":"running","heartbeat_timeout_seconds":30}""");

        var first = (await _api.PostAsync($"/v1/jobs/{id}/heartbeat", null)).Ok();
        Assert.Equal(("running", "\"2\""), (first.Text("status"), first.Header("ETag")));
        var later = (await _api.PostAsync($"/v1/jobs/{id}/heartbeat/", """{"progress":{"completed":3,"total":4,"message":"nearly"}}"""))
            .Ok();
        Assert.Equal("""{"completed":3,"total":4,"message":"nearly"}""", later.Body.GetProperty("progress").GetRawText());

        Assert.Equal(later.Raw, (await _api.GetAsync($"/v1/jobs/{id}")).Ok().Raw);
        var next = later.Body.GetProperty("next");
        Assert.Equal("heartbeat_due", next.GetProperty("what").GetString());
        Assert.Equal(later.Body.GetProperty("heartbeat_at").GetDateTimeOffset().AddSeconds(30), next.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_worker_learns_of_a_cancel_from_its_heartbeat()
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");
        await _api.PostAsync($"/v1/jobs/{id}/cancel", """{"stop_reason":"user_request"}""");

        var refused = await _api.PostAsync($"/v1/jobs/{id}/heartbeat", null);

        Assert.Equal(("409 job_has_ended", "cancelled", "user_request", "false"),
            (refused.Problem, refused.Text("from"), refused.Text("stop_reason"), refused.Header("x-should-retry")));
        Assert.Contains("cancelled (user_request)", refused.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"progres":{}}""", "$.progres")]
    [InlineData("""{"progress":null}""", "$.progress")]
    [InlineData("""{"progress":{}}""", "$.progress.completed")]
    [InlineData("""{"progress":{"completed":2,"total":1}}""", "$.progress")]
    public async Task What_is_no_heartbeat_is_refused_by_name(string body, string name)
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");
        var refused = await _api.PostAsync($"/v1/jobs/{id}/heartbeat", body);
        Assert.Equal("422 invalid_body", refused.Problem);
        Assert.Equal(name, refused.Body.GetProperty("errors")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Another_organizations_job_has_no_heartbeat()
    {
        var id = await _api.CreateAsync("""{"status":"running"}""");
        Assert.Equal("404 job_not_found", (await host.NewCaller().PostAsync($"/v1/jobs/{id}/heartbeat", null)).Problem);
        Assert.Equal("422 invalid_job_id", (await _api.PostAsync("/v1/jobs/job-1/heartbeat", null)).Problem);
    }

    [Fact]
    public async Task A_job_says_what_happens_next_in_a_get_and_in_a_list()
    {
        var id = await _api.CreateAsync("""{"expires_at":"2999-01-01T00:00:00Z"}""");
        const string Expected = """{"what":"expire","at":"2999-01-01T00:00:00Z","attempt":null}""";
        Assert.Equal(Expected, (await _api.GetAsync($"/v1/jobs/{id}")).Ok().Body.GetProperty("next").GetRawText());
        Assert.Equal(Expected, (await _api.GetAsync("/v1/jobs")).Ok().Body[0].GetProperty("next").GetRawText());

        var patched = (await _api.PatchAsync($"/v1/jobs/{id}", """{"expires_at":null}""")).Ok();
        Assert.Equal(JsonValueKind.Null, patched.Body.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_job_that_is_late_ends_by_itself_and_its_worker_is_told_why()
    {
        var id = await _api.CreateAsync("""{"status":"running","timeout_seconds":1}""");

        var ended = (await _api.GetAsync($"/v1/jobs/{id}?wait=20&until=terminal")).Ok();

        Assert.Equal(("failed", "timeout"), (ended.Text("status"), ended.Text("stop_reason")));
        var late = await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""");
        Assert.Equal(("409 transition_not_allowed", "timeout"), (late.Problem, late.Text("stop_reason")));
        Assert.Contains("failed (timeout)", late.Text("detail"), StringComparison.Ordinal);
    }
}
