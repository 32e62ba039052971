using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>The work of a job that has ended, done again by a new one.</summary>
public sealed class RetryTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task A_retry_has_the_description_of_the_job_that_it_does_again_and_each_names_the_other(string end)
    {
        var parent = await _api.CreateAsync();
        var old = await _api.CreateAsync($$"""
            {"job_type":"run","status":"running","metadata":{"a":1.50},"request_config":{"m":"x"},"background":true,
             "parent_id":"{{parent}}","timeout_seconds":60,"heartbeat_timeout_seconds":30,"callback_url":"https://example.com/c","callback_events":["completed"]}
            """);
        await _api.PatchAsync($"/v1/jobs/{old}", $$"""{"status":"{{end}}","metadata":{"b":2} }""");

        var made = (await _api.PostAsync($"/v1/jobs/{old}/retry", null)).Created();
        var job = made.Body;
        Assert.Equal($"/v1/jobs/{made.Text("id")}", made.Header("Location"));
        Assert.Equal((old, 2, "created"), (made.Text("retry_of"), job.GetProperty("attempt").GetInt32(), made.Text("status")));
        var before = (await _api.GetAsync($"/v1/jobs/{old}")).Ok();
        Assert.Equal((made.Text("id"), 1, end), (
            before.Text("retried_by"), before.Body.GetProperty("attempt").GetInt32(), before.Text("status")));
        foreach (var field in new[] { "job_type", "metadata", "request_config", "background", "parent_id", "timeout_seconds",
            "heartbeat_timeout_seconds", "callback_url", "callback_events" })
            Assert.Equal(before.Body.GetProperty(field).GetRawText(), job.GetProperty(field).GetRawText());

        await _api.PostAsync($"/v1/jobs/{made.Text("id")}/cancel", null);
        var third = (await _api.PostAsync($"/v1/jobs/{made.Text("id")}/retry", null)).Created();
        Assert.Equal(3, third.Body.GetProperty("attempt").GetInt32());
    }

    [Fact]
    public async Task A_repetition_answers_with_the_same_new_job()
    {
        var old = await CancelledAsync();
        var first = (await _api.PostAsync($"/v1/jobs/{old}/retry", null)).Created();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _api.PostAsync($"/v1/jobs/{old}/retry", null)));
        Assert.All(answers, answer => Assert.Equal(
            (first.Text("id"), "true"), (answer.Ok().Text("id"), answer.Header("Idempotent-Replayed"))));
        Assert.Equal(2, (await _api.GetAsync("/v1/jobs")).Ids.Length);
    }

    [Fact]
    public async Task A_deadline_is_as_far_off_as_it_was()
    {
        var old = await _api.CreateAsync(
            $$"""{"expires_at":"{{TimeProvider.System.GetUtcNow().AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");
        await _api.PostAsync($"/v1/jobs/{old}/cancel", null);

        var made = (await _api.PostAsync($"/v1/jobs/{old}/retry", null)).Created().Body;
        Assert.Equal(Lifetime((await _api.GetAsync($"/v1/jobs/{old}")).Body), Lifetime(made));

        static TimeSpan Lifetime(JsonElement job) =>
            job.GetProperty("expires_at").GetDateTimeOffset() - job.GetProperty("created_at").GetDateTimeOffset();
    }

    [Theory]
    [InlineData("""{}""", "created")]
    [InlineData("""{"status":"running"}""", "running")]
    [InlineData("""{"status":"running"}""", "completed")]
    public async Task What_has_not_ended_and_what_has_completed_has_nothing_to_do_again(string create, string status)
    {
        var id = await _api.CreateAsync(create);
        if (status == "completed")
            await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""");

        var refused = await _api.PostAsync($"/v1/jobs/{id}/retry", null);
        Assert.Equal(("409 nothing_to_retry", status), (refused.Problem, refused.Text("from")));
        Assert.Equal("404 job_not_found", (await host.NewCaller().PostAsync($"/v1/jobs/{id}/retry", null)).Problem);
    }

    [Fact]
    public async Task A_retry_that_is_refused_for_good_leaves_no_name_behind()
    {
        var (parent, old) = (await _api.CreateAsync(), "");
        old = await _api.CreateAsync($$"""{"parent_id":"{{parent}}"}""");
        await _api.PostAsync($"/v1/jobs/{old}/cancel", null);
        await _api.DeleteAsync($"/v1/jobs/{parent}");

        Assert.Equal("422 invalid_body", (await _api.PostAsync($"/v1/jobs/{old}/retry", null)).Problem);
        Assert.Equal(JsonValueKind.Null, (await _api.GetAsync($"/v1/jobs/{old}")).Body.GetProperty("retried_by").ValueKind);
    }

    [Fact]
    public async Task What_was_begun_is_finished_by_a_repetition_under_the_id_that_the_old_job_names()
    {
        var old = await CancelledAsync();
        var marking = host.Faults.Hold();
        var broken = _api.PostAsync($"/v1/jobs/{old}/retry", null);
        await marking.Reached.Soon();
        host.Faults.OtherwiseOfWrites = PlannedFault.NotSent;
        marking.Open();
        Assert.Equal("503 storage_unavailable", (await broken).Problem);
        host.Faults.Recover();
        var named = (await _api.GetAsync($"/v1/jobs/{old}")).Text("retried_by");

        // 200 where a call that the gateway had given up came through meanwhile.
        var made = await _api.PostAsync($"/v1/jobs/{old}/retry", null);
        Assert.True(made.Status is 200 or 201, made.ToString());
        Assert.Equal((named, old), (made.Text("id"), made.Text("retry_of")));
        Assert.Equal(2, (await _api.GetAsync("/v1/jobs")).Ids.Length);
    }

    private async Task<string> CancelledAsync()
    {
        var id = await _api.CreateAsync();
        (await _api.PostAsync($"/v1/jobs/{id}/cancel", null)).Ok();
        return id;
    }
}
