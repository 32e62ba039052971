using System.Net;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>What the SDK does not show of OpenAI's protocol.</summary>
public sealed class OpenAiWireTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_batch_walks_through_its_statuses_with_the_clock()
    {
        var pace = BatchPace.FinishingAfter(TimeSpan.FromSeconds(100));
        await using var standIn = await ProviderStandIn.StartAsync(_clock, new StandInOptions { Pace = pace });
        using var http = new StandInHttp(standIn);
        var path = StandInHttp.PathOf(
            standIn.Batches.Add(Dialect.OpenAi, "key-1", Enumerable.Range(0, 8).Select(number => $"item-{number}")));

        List<string> seen = [await StateAsync()];
        foreach (var seconds in new[] { 10, 40, 40, 10 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            seen.Add(await StateAsync());
        }

        Assert.Equal(["validating 0", "in_progress 0", "in_progress 4", "finalizing 8", "completed 8"], seen);

        async Task<string> StateAsync()
        {
            var batch = await http.JsonAsync(path);
            return $"{batch["status"]} {batch["request_counts"]!["completed"]}";
        }
    }

    [Fact]
    public async Task Times_are_unix_seconds_and_only_those_that_have_come()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.OpenAi, "key-1", ["a"]);
        batch.Cancel();
        _clock.Advance(TimeSpan.FromSeconds(5));
        var json = (await http.JsonAsync(StandInHttp.PathOf(batch))).AsObject();
        var times = json.Where(field => field.Key.EndsWith("_at", StringComparison.Ordinal) && field.Value is not null)
            .Select(field => $"{field.Key}={field.Value}");
        Assert.Equal(
            ["created_at=1772366400", "in_progress_at=1772366400", "expires_at=1772452800", "cancelling_at=1772366400",
                "cancelled_at=1772366400"], times);
    }

    [Fact]
    public async Task A_file_with_bad_lines_is_taken_and_fails_its_batch_in_validation()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        string[] lines =
        [
            StandInHttp.ChatLine("a"), "not json", StandInHttp.ChatLine("a"), StandInHttp.ChatLine("b", model: "other"),
            """{"custom_id":"c","method":"POST","url":"/v1/chat/completions"}""",
        ];
        var created = await http.CreateFromAsync(await http.UploadAsync(string.Join('\n', lines)));
        Assert.Equal("validating", created["status"]!.GetValue<string>());

        var failed = await http.JsonAsync($"v1/batches/{created["id"]}");
        Assert.Equal("failed", failed["status"]!.GetValue<string>());
        var errors = failed["errors"]!["data"]!.AsArray().Select(error => $"{error!["line"]} {error["code"]}");
        Assert.Equal(["2 invalid_json_line", "3 duplicate_custom_id", "4 model_mismatch", "5 missing_required_parameter"], errors);
        Assert.Equal((null, null), (failed["output_file_id"], failed["error_file_id"]));
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{}}""", "url_mismatch")]
    public async Task A_file_that_does_not_fit_its_batch_fails_it(string jsonl, string code)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var created = await http.CreateFromAsync(await http.UploadAsync(jsonl));
        var failed = await http.JsonAsync($"v1/batches/{created["id"]}");
        Assert.Equal(code, failed["errors"]!["data"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_refused_at_once_is_refused_with_an_error_object()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        Assert.Equal("No such File object: file-none", Message(await http.CreateFromAsync("file-none")));
        var file = await http.UploadAsync(StandInHttp.ChatLine("a"));
        Assert.Equal("Invalid value: '/v1/nonsense'.", Message(await http.CreateFromAsync(file, "/v1/nonsense")));
        using var keyless = new HttpClient { BaseAddress = standIn.BaseUrl };
        Assert.Equal(HttpStatusCode.Unauthorized, (await keyless.GetAsync("v1/batches")).StatusCode);
        Assert.Empty(standIn.Batches.All);

        static string Message(JsonNode refusal) => refusal["error"]!["message"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_file_that_would_be_empty_does_not_exist_and_its_id_is_null_or_empty()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.OpenAi, "key-1", ["a"]);
        batch.Decide("a", ItemOutcome.Fails());
        batch.End();
        Assert.Null((await http.JsonAsync(StandInHttp.PathOf(batch)))["output_file_id"]);
        batch.AbsentFilesAreEmptyStrings = true;
        Assert.Equal("", (await http.JsonAsync(StandInHttp.PathOf(batch)))["output_file_id"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"v1/files/file-output-{batch.Id}/content")).StatusCode);
    }

    [Theory]
    [InlineData(false, """{"code":"batch_expired","message":"This request could not be executed before the completion window expired."}""")]
    [InlineData(true, null)]
    public async Task After_24_hours_unfinished_requests_have_an_error_line_or_none(bool omitted, string? error)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.OpenAi, "key-1", ["a"]);
        batch.OmitsUnfinished = omitted;
        _clock.Advance(TimeSpan.FromHours(24));
        var expired = await http.JsonAsync(StandInHttp.PathOf(batch));
        Assert.Equal("expired", expired["status"]!.GetValue<string>());
        var line = expired["error_file_id"] is { } file ? await http.JsonAsync($"v1/files/{file}/content") : null;
        Assert.Equal(error, line?["error"]!.ToJsonString());
    }

    [Fact]
    public async Task The_prefix_of_compatible_servers_reaches_the_same_batches()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.OpenAi, "key-1", ["a"]);
        Assert.Equal(batch.Id, (await http.JsonAsync("openai/v1/batches/" + batch.Id))["id"]!.GetValue<string>());
    }
}
