using System.ClientModel;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Files;

// The SDK calls its batch client experimental; that this test breaks when it changes is the point.
#pragma warning disable OPENAI001

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>OpenAI's own SDK speaks with the stand-in.</summary>
public sealed class OpenAiSdkTests
{
    [Fact]
    public async Task The_sdk_uploads_creates_follows_and_reads_both_files()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var client = Client(standIn);
        var operation = await CreateAsync(client, "a", "b");
        Assert.Equal("validating", Text(JsonNode.Parse(operation.GetRawResponse().Content)!["status"]));

        standIn.Batches[0].Decide("b", ItemOutcome.Fails(429, "requests", "slow down"));
        standIn.Batches[0].End();
        var ended = Json(await operation.GetBatchAsync(options: null));
        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.Equal("""{"total":2,"completed":1,"failed":1}""", ended["request_counts"]!.ToJsonString());
        Assert.Equal("walk-through", ended["metadata"]!["purpose"]!.GetValue<string>());

        var output = await LinesAsync(client, ended["output_file_id"]!);
        var errors = await LinesAsync(client, ended["error_file_id"]!);
        Assert.Equal(("a", 200), (Text(output[0]["custom_id"]), Number(output[0]["response"]!["status_code"])));
        Assert.Equal(("b", 429), (Text(errors[0]["custom_id"]), Number(errors[0]["response"]!["status_code"])));
        var file = (await client.GetOpenAIFileClient().GetFileAsync(Text(ended["output_file_id"]))).Value;
        Assert.Equal(standIn.Journal.Of(StandInRoute.OpenAiContent)[0].ResponseBytes, file.SizeInBytesLong);
    }

    [Fact]
    public async Task The_sdk_pages_through_the_list_newest_first()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var client = Client(standIn);
        foreach (var id in new[] { "a", "b", "c" })
            await CreateAsync(client, id);

        List<string> seen = [];
        await foreach (var page in client.GetBatchClient().GetBatchesAsync(after: null, limit: 2, options: null).GetRawPagesAsync())
            seen.AddRange(Json(page)["data"]!.AsArray().Select(batch => Text(batch!["id"])));
        Assert.Equal(standIn.Batches.All.Reverse().Select(batch => batch.Id), seen);
    }

    [Fact]
    public async Task The_sdk_cancels_and_the_partial_results_stay()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var client = Client(standIn);
        var operation = await CreateAsync(client, "a", "b", "c");
        standIn.Batches[0].FinishFirst(1);

        Assert.Equal("cancelling", Text(Json(await operation.CancelAsync(options: null))["status"]));
        var cancelled = Json(await operation.GetBatchAsync(options: null));
        Assert.Equal("cancelled", Text(cancelled["status"]));
        Assert.Equal("a", Text((await LinesAsync(client, cancelled["output_file_id"]!))[0]["custom_id"]));
        var unfinished = await LinesAsync(client, cancelled["error_file_id"]!);
        Assert.Equal(["b", "c"], unfinished.Select(line => Text(line["custom_id"])).Order());
        Assert.All(unfinished, line => Assert.Equal("batch_cancelled", Text(line["error"]!["code"])));
    }

    [Fact]
    public async Task The_sdk_sends_a_create_again_after_a_500_and_reads_a_401_as_it_is()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var client = Client(standIn);
        standIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.InternalError);
        await CreateAsync(client, "a");
        Assert.Equal((2, 1), (standIn.Journal.Creates, standIn.Batches.All.Count));

        standIn.Faults.Arm(StandInRoute.OpenAiUpload, FaultKind.Unauthorized);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => CreateAsync(client, "a"));
        Assert.Equal(401, refused.Status);
    }

    private static OpenAIClient Client(ProviderStandIn standIn) =>
        new(new ApiKeyCredential("key-1"), new OpenAIClientOptions { Endpoint = standIn.OpenAiUrl });

    private static async Task<CreateBatchOperation> CreateAsync(OpenAIClient client, params string[] customIds)
    {
        var jsonl = string.Join('\n', customIds.Select(id => StandInHttp.ChatLine(id)));
        var file = await client.GetOpenAIFileClient().UploadFileAsync(BinaryData.FromString(jsonl), "input.jsonl", FileUploadPurpose.Batch);
        using var body = BinaryContent.Create(BinaryData.FromObjectAsJson(new
        {
            input_file_id = file.Value.Id,
            endpoint = "/v1/chat/completions",
            completion_window = "24h",
            metadata = new { purpose = "walk-through" },
        }));
        return await client.GetBatchClient().CreateBatchAsync(body, waitUntilCompleted: false);
    }

    private static async Task<List<JsonNode>> LinesAsync(OpenAIClient client, JsonNode fileId)
    {
        var content = await client.GetOpenAIFileClient().DownloadFileAsync(fileId.GetValue<string>());
        return [.. content.Value.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static JsonNode Json(ClientResult result) => JsonNode.Parse(result.GetRawResponse().Content.ToString())!;

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static int Number(JsonNode? node) => node!.GetValue<int>();
}
