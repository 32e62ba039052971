using System.Text;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>Texts that come from a provider, however they are broken, and the reasons it gives, in whatever form.</summary>
public sealed class OutsideTextTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>
{
    private BatchCluster Cluster => fixture.Cluster;

    [Theory]
    [InlineData(@"""cut emoji \ud83d""", "cut emoji \uFFFD")]
    [InlineData("\"caf\u00e9\"", "caf\uFFFD")]
    [InlineData("\"two\tparts\"", "two\tparts")]
    public async Task A_status_answer_with_undecodable_text_ends_the_batch_as_it_says(string message, string text)
    {
        var polling = await PollingAsync(BatchCluster.OpenAi, "a");
        Answer(StandInRoute.OpenAiGet, 200, $$"""{"id":"{{polling.ProviderBatchId}}","status":"failed","errors":{"object":"list","data":[{"code":"c","message":{{message}},"line":2}]} }""");

        var done = await Cluster.UntilDoneAsync(polling.Id);

        Assert.Equal((BatchStatus.Failed, 0, null), (done.Status, done.ConsecutiveFailures, done.LastPollError));
        Assert.Equal([new BatchError("c", text, 2)], done.Errors);
        Assert.Equal(new JobError("c", text), (await Cluster.JobAsync(done)).Error);
    }

    [Theory]
    [InlineData("[1,")]
    [InlineData("\u00ff\u00fe{")]
    [InlineData("")]
    public async Task A_status_answer_that_cannot_be_read_is_a_failure_that_shows(string body)
    {
        var polling = await PollingAsync(BatchCluster.Anthropic, "a");
        Answer(StandInRoute.AnthropicGet, 200, body);

        var failed = await Cluster.UntilAsync(polling.Id, batch => batch.LastPollError is not null);

        Assert.Equal(1, failed.ConsecutiveFailures);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        Assert.Equal((BatchStatus.Completed, null),
            ((await Cluster.UntilDoneAsync(polling.Id)) is var done ? (done.Status, done.LastPollError) : default));
    }

    [Theory]
    [InlineData(@"""cut \ud83d""", "cut \uFFFD")]
    [InlineData("\"caf\u00e9\"", "caf\uFFFD")]
    public async Task A_result_line_with_undecodable_text_gives_its_item_its_outcome(string message, string text)
    {
        var openai = await EndedAsync(
            BatchCluster.OpenAi, StandInRoute.OpenAiContent,
            $$"""{"custom_id":"a","response":{"status_code":400,"body":{"error":{"message":{{message}},"code":"c"} } },"error":null}""");
        var anthropic = await EndedAsync(
            BatchCluster.Anthropic, StandInRoute.AnthropicResults,
            $$"""{"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":{"type":"c","message":{{message}} } } } }""");

        foreach (var batch in new[] { openai, anthropic })
        {
            var item = (await Cluster.Batch(batch.Id).GetItemAsync(Cluster.Alice, "a"))!;
            Assert.Equal((ItemStatus.Failed, text), (item.Status, item.Error!.Message));
            Assert.Equal("a", JsonElement.Parse(item.Result).GetProperty("custom_id").GetString());
            Assert.Contains("\"custom_id\":\"a\"", await Cluster.ResultsAsync(batch.Id), StringComparison.Ordinal);
            Assert.Equal(0, (await Cluster.Store.ReadAsync(batch.Id, default))!.Quarantined);
        }
    }

    /// <summary>What a provider says of an item, and the code that its job can take.</summary>
    public static TheoryData<string, string> Codes => new()
    {
        { """{"code":"","type":"","message":"m"}""", "http_error" },
        { $$"""{"code":"{{new string('a', 127)}}\ud83d\ude00"}""", new string('a', 127) },
        { $$"""{"code":"{{new string('a', 500)}}"}""", new string('a', 128) },
        { """{"code":" ","type":"\ud83d","message":"\u0000"}""", "\uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_linked_job_and_the_batchs_own_end_whatever_the_providers_code_is(string error, string code)
    {
        var job = JobId.New(Cluster.Clock);
        await Cluster.Jobs.Job(job).CreateAsync(Cluster.Alice, new CreateJob());
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, [BatchCluster.Item("a", job)]);
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Line(StandInRoute.OpenAiContent, $$"""{"custom_id":"a","response":{"status_code":400,"body":{"error":{{error}} } } }""");
        Cluster.StandIn.Batches[polling.ProviderBatchId!].Decide("a", ItemOutcome.Fails());
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();

        var done = await Cluster.UntilDoneAsync(batch.Id);

        var linked = (await Cluster.Jobs.Job(job).GetAsync(Cluster.Alice))!;
        Assert.Equal((JobStatus.Failed, code), (linked.Status, linked.Error!.Code));
        Assert.Equal((BatchStatus.Failed, null), (done.Status, done.PostProcessingError));
        Assert.Equal(["no_item_completed"], done.Errors.Select(reason => reason.Code));
        Assert.Equal(
            (JobStatus.Failed, "no_item_completed"), ((await Cluster.JobAsync(done)) is var own ? (own.Status, own.Error!.Code) : default));
    }

    /// <summary>A refusal of a create, and what stands on the batch: code, message and param.</summary>
    public static TheoryData<string, string, string?, string?, string?> Refusals => new()
    {
        { "application/json", """{"error":{"message":"m","type":"invalid_request_error","param":"p","code":"c"}}""", "c", "m", "p" },
        { "application/json", """{"error":"just text"}""", null, "just text", null },
        { "application/json", """{"code":"c","message":"m"}""", "c", "m", null },
        { "application/json", """{"detail":"just text"}""", null, "just text", null },
        { "application/json", """{"detail":[{"loc":["body","endpoint"],"msg":"field required","type":"missing"}]}""", "missing",
            "field required", "body.endpoint" },
        { "text/html", "<html><head><title>413 Too Large</title></head></html>", null, "413 Too Large", null },
        { "application/json", """{"error":{"message":"half \ud83d","code":"c\u00e9\udc00"}}""", "c\u00e9\uFFFD", "half \uFFFD", null },
        { "text/plain", "no batches today", null, "no batches today", null },
        { "application/json", "", "refused", "The answer gives no reason.", null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_create_says_why_on_the_batch_its_items_and_its_job(
        string type, string body, string? code, string? message, string? param)
    {
        foreach (var (provider, route) in new[] { (BatchCluster.Anthropic, StandInRoute.AnthropicCreate),
            (BatchCluster.OpenAi, StandInRoute.OpenAiCreate) })
        {
            Answer(route, 400, body, type);
            var done = await Cluster.UntilDoneAsync((await Cluster.SubmitAsync(provider, "a")).Id);

            Assert.Equal(BatchStatus.Failed, done.Status);
            Assert.Equal([new BatchError(code, message, null, param)], done.Errors);
            Assert.Equal($"HTTP 400{(code is null or "refused" ? "" : $" {code}")}: {message}", done.LastPollError);
            Assert.Equal(new JobError(code ?? "refused", message), (await Cluster.JobAsync(done)).Error);
            Assert.Equal((code ?? "refused", message),
                ((await Cluster.ItemsAsync(done.Id))[0].Error is { } error ? (error.Type, error.Message) : default));
        }
    }

    [Fact]
    public async Task A_resubmission_begins_without_the_reasons_of_the_failure()
    {
        var polling = await PollingAsync(BatchCluster.OpenAi, "a");
        Answer(StandInRoute.OpenAiGet, 200, $$"""{"id":"{{polling.ProviderBatchId}}","status":"failed","errors":["text"]}""");
        Assert.Equal([new BatchError(null, "text")], (await Cluster.UntilDoneAsync(polling.Id)).Errors);

        var again = BatchCluster.Accepted(await Cluster.Batch(polling.Id).ResubmitFailedAsync(Cluster.Alice));

        Assert.Empty(again.Errors);
    }

    private async Task<BatchSnapshot> PollingAsync(string provider, params string[] customIds) =>
        await Cluster.UntilPollingAsync((await Cluster.SubmitAsync(provider, customIds)).Id);

    private async Task<BatchSnapshot> EndedAsync(string provider, StandInRoute route, string line)
    {
        var polling = await PollingAsync(provider, "a", "b");
        Line(route, line);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        return await Cluster.UntilDoneAsync(polling.Id);
    }

    /// <summary>Bytes as the text has them in Latin-1, so that é is the one byte E9, which is not UTF-8.</summary>
    private void Answer(StandInRoute route, int status, string body, string type = "application/json") =>
        Cluster.StandIn.Faults.Arm(
            route, new Fault(FaultKind.GivenAnswer) { Status = status, Body = Encoding.Latin1.GetBytes(body), ContentType = type });

    private void Line(StandInRoute route, string line) =>
        Cluster.StandIn.Faults.Arm(route, new Fault(FaultKind.GivenLine) { AtLine = 1, Body = Encoding.Latin1.GetBytes(line) });
}
