using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>Batches from their creation to their results, over real HTTP on both sides.</summary>
public sealed class BatchJourneyTests(BatchHost host) : IClassFixture<BatchHost>
{
    private readonly BatchCaller _caller = host.NewCaller();

    private ApiClient Api => _caller.Api;

    [Fact]
    public async Task A_batch_is_made_followed_and_read()
    {
        var (batch, provider) = await _caller.RunningAsync("a", "b", "c");
        var path = $"/v1/batches/{batch.Text("id")}";
        Assert.Equal(("running", "polling", "claude", 3),
            (batch.Text("status"), batch.Text("phase"), batch.Text("provider"), Count(batch, "pending")));
        Assert.Equal("409 results_not_ready", (await Api.GetAsync($"{path}/results")).Problem);

        // It is at the provider again before another test has something to say of creates.
        while ((await Api.PostAsync($"{path}/refresh", null)).Ok().Text("phase") != "polling")
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

        provider.Decide("b", ItemOutcome.Fails());
        provider.Decide("c", ItemOutcome.Vanishes);
        provider.End();
        var ended = await _caller.EndedAsync(batch);

        Assert.Equal(("completed", "ended", true),
            (ended.Text("status"), ended.Text("raw_status"), ended.Body.GetProperty("has_partial_results").GetBoolean()));
        Assert.Equal((3, 0, 1, 2), (Count(ended, "total"), Count(ended, "pending"), Count(ended, "completed"), Count(ended, "failed")));
        Assert.Equal(["a", "b"], (await LinesAsync(path)).Order());
        var item = (await Api.GetAsync($"{path}/items/a")).Ok();
        Assert.Equal(("completed", "a"), (item.Text("status"), item.Body.GetProperty("result").GetProperty("custom_id").GetString()));
        var missing = (await Api.GetAsync($"{path}/items/c")).Ok();
        Assert.Equal(("failed", "missing_result", JsonValueKind.Null),
            (missing.Text("status"), missing.Body.GetProperty("error")
                .GetProperty("type").GetString(), missing.Body.GetProperty("result").ValueKind));
    }

    [Fact]
    public async Task A_create_answers_202_with_where_the_batch_is()
    {
        var made = BatchCaller.Accepted(await Api.PostAsync(
            "/v1/batches",
            $$"""{"provider":"gpt","endpoint":"/v1/chat/completions","metadata":{"n":1},"items":[{{BatchCaller.Item("a")}}]}"""));

        Assert.Equal($"/v1/batches/{made.Text("id")}", made.Headers.Location!.OriginalString);
        var read = (await Api.GetAsync($"/v1/batches/{made.Text("id")}/")).Ok();
        Assert.Equal(("gpt", """{"n":1}""", made.Text("job_id")),
            (read.Text("provider"), read.Body.GetProperty("metadata").GetRawText(), read.Text("job_id")));
        Assert.Equal("batch", (await Api.GetAsync($"/v1/jobs/{made.Text("job_id")}")).Ok().Text("job_type"));
    }

    [Fact]
    public async Task Lines_are_a_batch_too_however_many_chunks_they_are()
    {
        var ids = Enumerable.Range(0, 2_500).Select(number => $"i{number:0000}").ToArray();
        var (batch, provider) = await _caller.RunningAsync(
            BatchCaller.Accepted(await Api.PostLinesAsync("/v1/batches", BatchCaller.Lines("""{"provider":"claude"}""", ids))));
        provider.End();

        Assert.Equal(("completed", 2_500), (Text(await _caller.EndedAsync(batch)), provider.Items.Count));
        Assert.Equal(ids, (await LinesAsync($"/v1/batches/{batch.Text("id")}")).Order());
    }

    [Fact]
    public async Task Items_come_in_pages_by_custom_id_and_by_status()
    {
        var (batch, provider) = await _caller.RunningAsync("e", "d", "c", "b", "a");
        provider.Decide("b", ItemOutcome.Fails());
        provider.End();
        await _caller.EndedAsync(batch);
        var path = $"/v1/batches/{batch.Text("id")}/items";

        var first = (await Api.GetAsync($"{path}?limit=2")).Ok();
        Assert.Equal(["a", "b"], Ids(first));
        Assert.Equal($"{path}?limit=2&after=b", first.Link("next"));
        var last = (await Api.GetAsync($"{path}?limit=3&after=b")).Ok();
        Assert.Equal(["c", "d", "e"], Ids(last));
        Assert.Null(last.Link("next"));
        Assert.Equal(["b"], Ids((await Api.GetAsync($"{path}?status=failed")).Ok()));
        Assert.Equal(["a", "c", "d", "e"], Ids((await Api.GetAsync($"{path}?status=completed,pending")).Ok()));
        Assert.False(first.Body[0].TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_known_version_is_not_sent_again()
    {
        var (batch, provider) = await _caller.RunningAsync("a");
        provider.End();
        var path = $"/v1/batches/{batch.Text("id")}";
        var read = await _caller.DoneAsync(batch);

        Assert.Equal(304, (await Api.GetAsync(path, ("If-None-Match", read.Header("ETag")!))).Status);
        Assert.Equal(200, (await Api.GetAsync(path, ("If-None-Match", "\"0\""))).Status);
    }

    [Fact]
    public async Task A_cancelled_batch_keeps_what_was_done()
    {
        var (batch, provider) = await _caller.RunningAsync("a", "b");
        provider.FinishFirst(1);
        var path = $"/v1/batches/{batch.Text("id")}";

        Assert.NotEqual(JsonValueKind.Null, BatchCaller.Accepted(
            await Api.PostAsync($"{path}/cancel", null)).Body.GetProperty("cancel_requested_at").ValueKind);
        var ended = await _caller.EndedAsync(batch);
        Assert.Equal(("cancelled", 1, 1), (Text(ended), Count(ended, "completed"), Count(ended, "cancelled")));
        Assert.Contains("a", await LinesAsync(path));
    }

    [Fact]
    public async Task The_job_of_a_batch_points_to_the_batch_that_must_be_cancelled_instead()
    {
        var (batch, _) = await _caller.RunningAsync("a");
        var job = $"/v1/jobs/{batch.Text("job_id")}";
        foreach (var refused in (Answer[])
        [
            await Api.PostAsync($"{job}/cancel", null), await Api.DeleteAsync(job), await Api.PatchAsync(job, """{"status":"completed"}"""),
            await Api.PatchAsync(job, """{"expires_at":"2030-01-01T00:00:00Z"}"""), await Api.PostAsync($"{job}/heartbeat", null),
        ])
        {
            Assert.Equal(("409 job_follows_batch", batch.Text("id"), $"/v1/batches/{batch.Text("id")}/cancel", "false"),
                (refused.Problem, refused.Text("batch_id"), refused.Text("cancel_url"), refused.Header("x-should-retry")));
        }

        BatchCaller.Accepted(await Api.PostAsync($"/v1/batches/{batch.Text("id")}/cancel", null));
        Assert.Equal("cancelled", Text(await _caller.EndedAsync(batch)));
        Assert.Equal("cancelled", (await Api.GetAsync(job)).Ok().Text("status"));
    }

    [Fact]
    public async Task A_batch_that_ended_cannot_be_cancelled()
    {
        var (batch, provider) = await _caller.RunningAsync("a");
        provider.End();
        await _caller.EndedAsync(batch);

        var refused = await Api.PostAsync($"/v1/batches/{batch.Text("id")}/cancel", null);
        Assert.Equal(("409 batch_has_ended", "completed", "cancelled", "false"),
            (refused.Problem, refused.Text("from"), refused.Text("to"), refused.Header("x-should-retry")));
    }

    [Fact]
    public async Task What_failed_is_sent_again_under_the_same_batch()
    {
        var (batch, first) = await _caller.RunningAsync("a", "b");
        var path = $"/v1/batches/{batch.Text("id")}";
        Assert.Equal("409 batch_not_ended", (await Api.PostAsync($"{path}/resubmit-failed", null)).Problem);
        first.Decide("b", ItemOutcome.Fails());
        first.End();
        await _caller.DoneAsync(batch);

        var (again, second) = await _caller.RunningAsync(BatchCaller.Accepted(await Api.PostAsync($"{path}/resubmit-failed", null)));
        Assert.Equal((batch.Text("id"), 2), (again.Text("id"), again.Body.GetProperty("attempts").GetInt32()));
        second.End();

        Assert.Equal(("completed", 2), (Text(await _caller.EndedAsync(batch)), Count((await Api.GetAsync(path)).Ok(), "completed")));
        Assert.Equal("b", Assert.Single(second.Items).CustomId);
    }

    [Fact]
    public async Task A_download_breaks_off_where_failed_items_are_sent_again()
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(number => $"i{number:000}"), "z"];
        var (batch, provider) = await _caller.RunningAsync(ids);
        provider.PaddingBytes = 150_000;
        provider.Decide("z", ItemOutcome.Fails());
        provider.End();
        await _caller.DoneAsync(batch);
        var path = $"/v1/batches/{batch.Text("id")}";

        using var download = await Api.OpenAsync($"{path}/results");
        await using var body = await download.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(new byte[1000], TestContext.Current.CancellationToken);
        BatchCaller.Accepted(await Api.PostAsync($"{path}/resubmit-failed", null));

        await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        Assert.Equal("409 results_not_ready", (await Api.GetAsync($"{path}/results")).Problem);
    }

    [Fact]
    public async Task A_line_with_undecodable_bytes_is_given_back_as_JSON_that_everybody_can_read()
    {
        var (batch, provider) = await _caller.RunningAsync("a", "b");
        var path = $"/v1/batches/{batch.Text("id")}";
        byte[] line = [.. """{"custom_id":"a","result":{"type":"succeeded","message":{"text":"cut \ud83d caf"""u8, 0xE9, .. "\"}}}"u8];
        host.StandIn.Faults.Arm(
            StandInRoute.AnthropicResults, new Fault(FaultKind.GivenLine) { AtLine = 1, Body = line }, about: provider.Id);
        provider.End();
        await _caller.EndedAsync(batch);

        var item = (await Api.GetAsync($"{path}/items/a")).Ok();
        Assert.Equal("cut \uFFFD caf\uFFFD", TextOf(item.Body.GetProperty("result")));
        var lines = (await Api.GetAsync($"{path}/results")).Ok().Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("cut \uFFFD caf\uFFFD", TextOf(JsonDocument.Parse(lines[0]).RootElement));

        static string? TextOf(JsonElement result) => result.GetProperty("result").GetProperty("message").GetProperty("text").GetString();
    }

    [Fact]
    public async Task A_batch_that_its_provider_refuses_says_why()
    {
        var refusal = new Fault(FaultKind.GivenAnswer)
        {
            Status = 400,
            Body = """{"detail":[{"loc":["body","requests"],"msg":"too many","type":"too_long"},{"msg":"and late"}]}"""u8.ToArray()
        };
        host.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, refusal);

        var ended = await _caller.EndedAsync(BatchCaller.Accepted(await Api.PostAsync("/v1/batches", BatchCaller.Object("a"))));

        Assert.Equal("failed", Text(ended));
        Assert.Equal(
            """[{"code":"too_long","message":"too many","line":null,"param":"body.requests"},{"code":null,"message":"and late","line":null,"param":null}]""",
            ended.Body.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_batch_made_elsewhere_is_followed()
    {
        var elsewhere = host.StandIn.Batches.Add(Dialect.Anthropic, "sk-secret-of-claude", ["x", "y"]);
        var body = $$"""{"provider":"claude","provider_batch_id":"{{elsewhere.Id}}"}""";
        var adopted = BatchCaller.Accepted(await Api.PostAsync("/v1/batches/adopt", body));
        elsewhere.End();
        var ended = await _caller.EndedAsync(adopted);
        Assert.Equal(("completed", 2, elsewhere.Id), (Text(ended), Count(ended, "completed"), ended.Text("provider_batch_id")));

        var again = (await Api.PostAsync("/v1/batches/adopt", body)).Ok();
        Assert.Equal((adopted.Text("id"), "true"), (again.Text("id"), again.Header("Idempotent-Replayed")));
        Assert.Equal("422 provider_batch_not_found", (await host.NewCaller().Api.PostAsync("/v1/batches/adopt", body)).Problem);
        Assert.Equal("422 provider_batch_not_found",
            (await Api.PostAsync("/v1/batches/adopt", """{"provider":"claude","provider_batch_id":"msgbatch_none"}""")).Problem);
    }

    [Fact]
    public async Task A_refresh_asks_the_provider_now()
    {
        var (batch, provider) = await _caller.RunningAsync("a");
        provider.End();

        Assert.NotEqual("polling", (await Api.PostAsync($"/v1/batches/{batch.Text("id")}/refresh", null)).Ok().Text("phase"));
    }

    private async Task<string[]> LinesAsync(string path)
    {
        var results = (await Api.GetAsync($"{path}/results")).Ok();
        Assert.Equal("application/jsonl", results.ContentType);
        return [.. results.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("custom_id").GetString()!)];
    }

    private static string Text(Answer batch) => batch.Text("status");

    private static int Count(Answer batch, string status) => batch.Body.GetProperty("counts").GetProperty(status).GetInt32();

    private static string[] Ids(Answer items) =>
        [.. items.Body.EnumerateArray().Select(item => item.GetProperty("custom_id").GetString()!)];
}
