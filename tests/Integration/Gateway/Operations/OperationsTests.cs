using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Operations;

/// <summary>One action on all jobs of a filter.</summary>
public sealed class OperationsTests(OperationsTests.FewWait host) : IClassFixture<OperationsTests.FewWait>
{
    private readonly ApiClient _api = host.Gateway.NewCaller();

    [Fact]
    public async Task Every_job_of_the_filter_is_cancelled_and_what_has_ended_is_skipped_and_what_comes_later_is_left_alone()
    {
        var many = await BulkAsync(250, """{"job_type":"run"}""");
        var ended = await _api.CreateAsync("""{"job_type":"run"}""");
        await _api.PostAsync($"/v1/jobs/{ended}/cancel", null);
        var other = await _api.CreateAsync();

        var started = await StartAsync(
            """{"action":"cancel","filter":{"job_type":"run"},"reason":"a wrong import","max_per_second":100000}""");
        var later = await _api.CreateAsync("""{"job_type":"run"}""");
        var done = await EndAsync(started);

        Assert.Equal(
            ("completed", 251, 250, 1, 0),
            (done.Text("status"), Number(done, "matched"), Number(done, "succeeded"), Skipped(done, "already_ended"),
                Number(done, "failed")));
        Assert.Equal("""{"job_type":"run"}""", done.Body.GetProperty("filter").GetRawText());
        Assert.Equal(2, (await _api.GetAsync("/v1/jobs?status=created")).Ids.Length);
        Assert.Equal("created", (await _api.GetAsync($"/v1/jobs/{later}")).Text("status"));
        Assert.Equal("created", (await _api.GetAsync($"/v1/jobs/{other}")).Text("status"));
        var job = (await _api.GetAsync($"/v1/jobs/{many[0]}")).Body;
        Assert.Equal(("cancelled", "user-1"), (job.GetProperty("status").GetString(), job.GetProperty("last_updated_by_id").GetString()));
        Assert.Equal("", (await _api.GetAsync($"/v1/operations/{started}/errors")).Ok().Raw);
    }

    [Fact]
    public async Task Jobs_that_are_named_are_deleted_and_what_is_not_there_is_skipped()
    {
        string[] ids = [await _api.CreateAsync(), await _api.CreateAsync("""{"status":"running"}""")];
        var missing = JobId.New(TimeProvider.System);
        var foreign = await host.Gateway.NewCaller().CreateAsync();

        var done = await EndAsync(await StartAsync(
            $$"""{"action":"delete","job_ids":["{{ids[0]}}","{{ids[1]}}","{{ids[0]}}","{{missing}}","{{foreign}}"]}"""));
        Assert.Equal((4, 2, 2, 4), (
            Number(done, "matched"), Number(done, "succeeded"), Skipped(done, "not_found"), Number(done, "job_count")));
        Assert.Empty((await _api.GetAsync("/v1/jobs")).Ids);
    }

    [Fact]
    public async Task What_has_no_callback_to_send_is_skipped_and_to_send_them_needs_its_own_scope()
    {
        await _api.CreateAsync();
        var done = await EndAsync(await StartAsync("""{"action":"redeliver","filter":{"all":true}}"""));
        Assert.Equal((1, 0, 1), (Number(done, "matched"), Number(done, "succeeded"), Skipped(done, "nothing_to_redeliver")));

        var without = host.Gateway.Caller("org-scopes", scopes: "jobs:read jobs:write");
        var refused = await without.PostAsync("/v1/operations", """{"action":"redeliver","filter":{"all":true}}""");
        Assert.Equal("403 insufficient_scope", refused.Problem);
    }

    [Fact]
    public async Task A_dry_run_tells_how_many_match_and_changes_nothing()
    {
        var ids = await BulkAsync(30, "{}");
        var dry = (await _api.PostAsync("/v1/operations", """{"action":"delete","filter":{"status":["created"]},"dry_run":true}""")).Ok();

        Assert.Equal(30, Number(dry, "matched"));
        Assert.False(dry.Body.GetProperty("matched_is_lower_bound").GetBoolean());
        Assert.Equal(ids[..20], dry.Body.GetProperty("sample").EnumerateArray().Select(job => job.GetProperty("id").GetString()!));
        Assert.Equal(30, (await _api.GetAsync("/v1/jobs")).Ids.Length);
        Assert.Empty((await _api.GetAsync("/v1/operations")).Ids);
    }

    [Theory]
    [InlineData("""{"action":"cancel","filter":{}}""", "422 filter_required")]
    [InlineData("""{"action":"cancel","filter":{"status":[]}}""", "422 filter_required")]
    [InlineData("""{"action":"cancel","filter":{"active":false},"dry_run":true}""", "422 filter_required")]
    [InlineData("""{"action":"cancel"}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"all":true,"job_type":"a"}}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"active":true,"status":"failed"}}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"organization_id":"other"}}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"limit":5}}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"status":{"a":1}}}""", "422 invalid_body")]
    [InlineData("""{"action":"explode","filter":{"all":true}}""", "422 invalid_body")]
    [InlineData("""{"filter":{"all":true}}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"all":true},"max_per_second":0}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","filter":{"all":true},"max_items":100001}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","job_ids":[]}""", "422 invalid_body")]
    [InlineData("""{"action":"cancel","job_ids":["job-1"]}""", "422 invalid_body")]
    public async Task What_does_not_say_which_jobs_begins_nothing(string body, string problem)
    {
        Assert.Equal(problem, (await _api.PostAsync("/v1/operations", body)).Problem);
        Assert.Empty((await _api.GetAsync("/v1/operations")).Ids);
    }

    [Fact]
    public async Task Nothing_is_begun_where_one_more_matches_than_was_to_be()
    {
        await BulkAsync(3, "{}");
        var refused = await _api.PostAsync("/v1/operations", """{"action":"cancel","filter":{"all":true},"max_items":2}""");
        Assert.Equal(("409 too_many_matches", 2), (refused.Problem, Number(refused, "limit")));

        var done = await EndAsync(await StartAsync("""{"action":"cancel","filter":{"all":true},"max_items":3}"""));
        Assert.Equal(3, Number(done, "succeeded"));
    }

    [Fact]
    public async Task The_same_key_and_body_begin_one_operation_and_another_body_none()
    {
        await _api.CreateAsync();
        const string Body = """{"action":"cancel","filter":{"all":true}}""";
        var first = await _api.PostAsync("/v1/operations", Body, ("Idempotency-Key", "k"));
        var again = await _api.PostAsync("/v1/operations", Body, ("Idempotency-Key", "k"));

        Assert.Equal((202, 202, "true"), (first.Status, again.Status, again.Header("Idempotent-Replayed")));
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal($"/v1/operations/{first.Text("id")}", again.Header("Location"));
        Assert.Equal("422 idempotency_key_reused", (await _api.PostAsync(
            "/v1/operations", """{"action":"delete","filter":{"all":true}}""", ("Idempotency-Key", "k"))).Problem);
        Assert.Single((await _api.GetAsync("/v1/operations")).Ids);
    }

    [Fact]
    public async Task One_runs_and_as_many_wait_as_may_and_the_next_runs_when_it_is_stopped()
    {
        await BulkAsync(5, "{}");
        const string Slow = """{"action":"redeliver","filter":{"all":true},"max_per_second":1}""";
        var (running, waiting) = (await StartAsync(Slow), await StartAsync(Slow));
        Assert.Equal("429 too_many_operations", (await _api.PostAsync("/v1/operations", Slow)).Problem);
        Assert.Equal("queued", (await _api.GetAsync($"/v1/operations/{waiting}")).Text("status"));

        Assert.Equal("cancelled", (await _api.PostAsync($"/v1/operations/{running}/cancel", null)).Ok().Text("status"));
        Assert.Equal("cancelled", (await _api.PostAsync($"/v1/operations/{running}/cancel", null)).Ok().Text("status"));
        for (var version = 1; ;)
        {
            var now = (await _api.GetAsync($"/v1/operations/{waiting}?wait=30&after_version={version}")).Ok();
            if (now.Text("status") != "queued")
                break;
            version = Number(now, "version");
        }
        (await _api.PostAsync($"/v1/operations/{waiting}/cancel", null)).Ok();
        Assert.Equal([waiting, running], (await _api.GetAsync("/v1/operations")).Ids);
        Assert.Equal([running], (await _api.GetAsync("/v1/operations?order=asc&limit=1")).Ids);
    }

    [Fact]
    public async Task Its_events_end_with_its_end_and_an_ended_one_cannot_be_stopped()
    {
        await BulkAsync(3, "{}");
        var id = await StartAsync("""{"action":"cancel","filter":{"all":true}}""");
        using var opened = await _api.OpenAsync($"/v1/operations/{id}/events");
        var data = (await opened.Content.ReadAsStringAsync().Soon()).Split('\n')
            .Where(line => line.StartsWith("data:", StringComparison.Ordinal));

        Assert.Equal("completed", JsonDocument.Parse(data.Last()[5..]).RootElement.GetProperty("status").GetString());
        Assert.Equal("409 operation_has_ended", (await _api.PostAsync($"/v1/operations/{id}/cancel", null)).Problem);
        var ended = (await _api.GetAsync($"/v1/operations/{id}")).Ok();
        Assert.Equal(304, (await _api.GetAsync($"/v1/operations/{id}", ("If-None-Match", ended.Header("ETag")!))).Status);
        Assert.Equal("404 operation_not_found", (await host.Gateway.NewCaller().GetAsync($"/v1/operations/{id}")).Problem);
        Assert.Equal("422 invalid_operation_id", (await _api.GetAsync("/v1/operations/job-1")).Problem);
    }

    [Fact]
    public async Task It_comes_to_no_more_jobs_a_second_than_it_may()
    {
        await BulkAsync(9, "{}");
        var began = TimeProvider.System.GetTimestamp();
        await EndAsync(await StartAsync("""{"action":"cancel","filter":{"all":true},"max_per_second":3}"""));

        // Three steps of three jobs, and a second behind the first two.
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task A_job_that_cannot_be_read_fails_alone_and_the_errors_say_why()
    {
        var api = host.Gateway.Caller("org-broken");
        var broken = JobRows.New("org-broken");
        await using (var writer = host.Gateway.Faults.OpenWriter())
            await writer.WriteAsync([broken.Insert()], CancellationToken.None);
        host.Gateway.Faults.Unreadable = broken.Snapshot.Id;
        var whole = await api.CreateAsync();
        var started = (await api.PostAsync(
            "/v1/operations", $$"""{"action":"cancel","job_ids":["{{broken.Snapshot.Id}}","{{whole}}"]}""")).Text("id");

        var done = (await api.GetAsync($"/v1/operations/{started}?wait=30&until=terminal")).Ok();
        Assert.Equal(("completed", 1, 1), (done.Text("status"), Number(done, "succeeded"), Number(done, "failed")));
        var error = JsonDocument.Parse((await api.GetAsync($"/v1/operations/{started}/errors")).Ok().Raw).RootElement;
        Assert.Equal(broken.Snapshot.Id.ToString(), error.GetProperty("job_id").GetString());
        Assert.Equal(done.Text("last_error"), error.GetProperty("message").GetString());
        Assert.Contains("can't be read", done.Text("last_error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_tells_who_started_it_and_why()
    {
        var api = host.Gateway.Caller("org-audited", scopes: "jobs:read jobs:write audit:read");
        var started = await api.PostAsync("/v1/operations", """{"action":"cancel","filter":{"all":true},"reason":"a wrong import"}""");
        await api.GetAsync($"/v1/operations/{started.Text("id")}?wait=30&until=terminal");

        var said = (await api.GetAsync("/v1/audit-events")).Ok().Body.EnumerateArray().Single();
        Assert.Equal(
            ("operation.start", "user-1", started.Text("id"), "a wrong import", "succeeded"),
            (said.GetProperty("action").GetString(), said.GetProperty("actor").GetString(), said.GetProperty("subject").GetString(),
                said.GetProperty("note").GetString(), said.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task What_an_operation_did_to_a_job_it_does_not_do_again()
    {
        var id = await _api.CreateAsync("""{"callback_url":"https://example.com/c","callback_events":["cancelled"]}""");
        var job = (await _api.PostAsync($"/v1/jobs/{id}/cancel", null)).Ok();
        var caller = new Caller(job.Text("organization_id"), "u");
        var grain = host.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IOperatedJobGrain>(id);
        var asked = new OperationOnJob(OperationId.New(TimeProvider.System), OperationAction.Redeliver, caller, []);

        Assert.Equal(OperationEffect.Done, await grain.OperateAsync(asked));
        Assert.Equal(1, Told());
        Assert.Equal(OperationEffect.Done, await grain.OperateAsync(asked));
        Assert.Equal(1, Told());
        Assert.Equal(
            OperationEffect.NoLongerMatches,
            await grain.OperateAsync(asked with { Operation = OperationId.New(TimeProvider.System), Statuses = [JobStatus.Failed] }));

        // Beside it the service itself writes, of the attempts that it makes.
        int Told() => host.Gateway.Faults.Writes.SelectMany(batch => batch)
            .Count(write => write.Id.ToString() == id && write.Next?.Snapshot.LastUpdatedById == caller.UserId);
    }

    private static int Number(Answer answer, string field) => answer.Body.GetProperty(field).GetInt32();

    private static int Skipped(Answer answer, string reason) =>
        answer.Body.GetProperty("skipped").TryGetProperty(reason, out var count) ? count.GetInt32() : 0;

    private async Task<string> StartAsync(string body)
    {
        var started = await _api.PostAsync("/v1/operations", body);
        Assert.True(started.Status == 202, started.ToString());
        return started.Text("id");
    }

    private async Task<Answer> EndAsync(string id)
    {
        var ended = (await _api.GetAsync($"/v1/operations/{id}?wait=30&until=terminal")).Ok();
        Assert.True(ended.Text("status") == "completed", ended.ToString());
        return ended;
    }

    private async Task<string[]> BulkAsync(int count, string job)
    {
        var made = (await _api.PostAsync("/v1/jobs/bulk", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat(job, count))}}]}""")).Ok();
        return [.. made.Body.GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("job").GetProperty("id").GetString()!)];
    }

    public sealed class FewWait : IAsyncLifetime
    {
        internal GatewayHost Gateway { get; } = new(("Operations:Waiting", "1"));

        public ValueTask InitializeAsync() => Gateway.InitializeAsync();

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
