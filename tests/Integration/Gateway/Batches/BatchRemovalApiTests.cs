using System.Text.Json;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>DELETE, cancelling twice, and the lines that were set aside, over HTTP.</summary>
public sealed class BatchRemovalApiTests(BatchHost host) : IClassFixture<BatchHost>
{
    private readonly BatchCaller _caller = host.NewCaller();

    private ApiClient Api => _caller.Api;

    [Fact]
    public async Task A_batch_is_deleted_once_it_is_done_and_its_job_after_it()
    {
        var (batch, provider) = await _caller.RunningAsync("a");
        var path = $"/v1/batches/{batch.Text("id")}";
        var early = await Api.DeleteAsync(path);
        Assert.Equal(("409 batch_not_ended", "running", "30"), (early.Problem, early.Text("from"), early.Header("Retry-After")));
        provider.End();
        var done = await _caller.DoneAsync(batch);
        Assert.Equal("409 job_follows_batch", (await Api.DeleteAsync($"/v1/jobs/{batch.Text("job_id")}")).Problem);

        Assert.Equal(done.Raw, (await Api.DeleteAsync(path)).Ok().Raw);

        Assert.Equal("404 batch_not_found", (await Api.GetAsync(path)).Problem);
        Assert.Equal("404 batch_not_found", (await Api.DeleteAsync(path)).Problem);
        Assert.Empty((await Api.GetAsync("/v1/batches")).Ok().Ids);
    }

    [Fact]
    public async Task Cancelling_a_cancelled_batch_answers_200_unchanged()
    {
        var (batch, _) = await _caller.RunningAsync("a");
        var path = $"/v1/batches/{batch.Text("id")}";
        BatchCaller.Accepted(await Api.PostAsync($"{path}/cancel", null));
        BatchCaller.Accepted(await Api.PostAsync($"{path}/cancel", null));
        var done = await _caller.DoneAsync(batch);

        Assert.Equal("cancelled", done.Text("status"));
        Assert.Equal(done.Raw, (await Api.PostAsync($"{path}/cancel", null)).Ok().Raw);
    }

    [Fact]
    public async Task Lines_that_were_set_aside_are_counted_and_read_with_their_places_and_why()
    {
        var (batch, provider) = await _caller.RunningAsync("a", "b");
        host.StandIn.Faults.Arm(StandInRoute.AnthropicResults, FaultKind.UnknownCustomId, about: provider.Id);
        provider.End();
        var done = await _caller.DoneAsync(batch);
        var path = $"/v1/batches/{batch.Text("id")}";

        var answer = (await Api.GetAsync($"{path}/quarantine")).Ok();

        Assert.Equal((1, "application/jsonl"), (done.Body.GetProperty("quarantined").GetInt32(), answer.ContentType));
        var line = JsonDocument.Parse(Assert.Single(answer.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal(["attempt", "file", "line", "reason", "raw"], line.EnumerateObject().Select(field => field.Name));
        Assert.Equal((1, 1, "No item of this submission has the custom_id."),
            (line.GetProperty("attempt").GetInt32(), line.GetProperty("file").GetInt32(), line.GetProperty("reason").GetString()));
        Assert.NotNull(JsonDocument.Parse(line.GetProperty("raw").GetString()!).RootElement.GetProperty("custom_id").GetString());
    }

    [Fact]
    public async Task An_operation_that_cancels_a_batchs_job_cancels_the_batch_and_one_that_deletes_leaves_it()
    {
        var (batch, _) = await _caller.RunningAsync("a");
        var left = await OperateAsync("delete", batch.Text("job_id"));
        Assert.Equal((0, 1), (left.GetProperty("succeeded").GetInt32(), Skipped(left).GetProperty("job_follows_batch").GetInt32()));

        Assert.Equal(1, (await OperateAsync("cancel", batch.Text("job_id"))).GetProperty("succeeded").GetInt32());

        Assert.Equal("cancelled", (await _caller.DoneAsync(batch)).Text("status"));
        Assert.Equal(1, Skipped(await OperateAsync("cancel", batch.Text("job_id"))).GetProperty("already_ended").GetInt32());
    }

    private static JsonElement Skipped(JsonElement operation) => operation.GetProperty("skipped");

    private async Task<JsonElement> OperateAsync(string action, string job)
    {
        var started = await Api.PostAsync("/v1/operations", $$"""{"action":"{{action}}","job_ids":["{{job}}"]}""");
        return (await Api.GetAsync($"/v1/operations/{started.Text("id")}?wait=30&until=terminal")).Ok().Body;
    }
}
