using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>What the SDK does not show of Anthropic's protocol.</summary>
public sealed class AnthropicWireTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_request_without_a_key_or_a_version_is_refused_in_the_real_shape()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new HttpClient { BaseAddress = standIn.BaseUrl };
        using var noKey = await http.GetAsync("v1/messages/batches");
        Assert.Equal(HttpStatusCode.Unauthorized, noKey.StatusCode);
        Assert.Equal(
            """{"type":"error","error":{"type":"authentication_error","message":"x-api-key header is required"},"request_id":"req_standin"}""",
            await noKey.Content.ReadAsStringAsync());

        http.DefaultRequestHeaders.Add("x-api-key", "key-1");
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("v1/messages/batches")).StatusCode);
        http.DefaultRequestHeaders.Add("anthropic-version", "2020-01-01");
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("v1/messages/batches")).StatusCode);
    }

    [Theory]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}},{"custom_id":"a","params":{}}]}""", "requests.1.custom_id: Duplicate")]
    [InlineData("""{"requests":[{"custom_id":"a b","params":{}}]}""", "requests.0.custom_id: String should match pattern")]
    [InlineData("""{"requests":[{"params":{}}]}""", "requests.0.custom_id: Field required")]
    [InlineData("""{"requests":[{"custom_id":"a"}]}""", "requests.0.params: Field required")]
    [InlineData("""{"requests":[]}""", "requests: List should have at least 1 item")]
    [InlineData("""{"requests":[{"custom_id":"a","params":{}}""", "not valid JSON")]
    public async Task A_malformed_create_is_refused_and_makes_nothing(string body, string message)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        using var answer = await http.SendAsync(
            HttpMethod.Post, "v1/messages/batches", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Empty(standIn.Batches.All);
    }

    [Fact]
    public async Task A_custom_id_of_64_characters_is_taken_and_of_65_refused()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        Assert.Equal(HttpStatusCode.OK, (await http.CreateAsync(new string('a', 64))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.CreateAsync(new string('a', 65))).StatusCode);
    }

    [Fact]
    public async Task Counts_stay_at_zero_and_results_away_until_the_end()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a", "b"]);
        batch.FinishFirst(1);

        var running = await http.JsonAsync(StandInHttp.PathOf(batch));
        Assert.Equal("""{"processing":2,"succeeded":0,"errored":0,"canceled":0,"expired":0}""", running["request_counts"]!.ToJsonString());
        Assert.Null(running["results_url"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(StandInHttp.PathOf(batch) + "/results")).StatusCode);
    }

    [Fact]
    public async Task After_24_hours_the_clock_alone_expires_a_batch_and_keeps_its_partial_results()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a", "b", "c"]);
        batch.FinishFirst(1);
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("in_progress", (await http.JsonAsync(StandInHttp.PathOf(batch)))["processing_status"]!.GetValue<string>());

        _clock.Advance(TimeSpan.FromSeconds(1));
        var ended = await http.JsonAsync(StandInHttp.PathOf(batch));
        Assert.Equal("""{"processing":0,"succeeded":1,"errored":0,"canceled":0,"expired":2}""", ended["request_counts"]!.ToJsonString());
        Assert.Equal("2026-03-02T12:00:00.000000+00:00", ended["ended_at"]!.GetValue<string>());
        Assert.Equal(3, Encoding.UTF8.GetString(await http.ResultsAsync(batch)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        _clock.Advance(TimeSpan.FromDays(28));
        var archived = await http.JsonAsync(StandInHttp.PathOf(batch));
        Assert.Equal(("2026-03-30T12:00:00.000000+00:00", null), (archived["archived_at"]?.GetValue<string>(), archived["results_url"]));
    }

    [Fact]
    public async Task The_results_url_points_elsewhere_and_a_client_that_dials_it_is_seen()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a"]);
        batch.End();
        var url = (await http.JsonAsync(StandInHttp.PathOf(batch)))["results_url"]!.GetValue<string>();
        Assert.StartsWith(standIn.ElsewhereUrl.ToString(), url, StringComparison.Ordinal);
        Assert.Single(standIn.Journal.Hosts);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(url)).StatusCode);
        Assert.Equal(2, standIn.Journal.Hosts.Count);
        Assert.True(standIn.Journal.Entries[^1].Elsewhere);
    }

    [Fact]
    public async Task The_list_turns_back_with_before_id_and_knows_only_the_callers_batches()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var ids = Enumerable.Range(0, 4).Select(_ => standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a"]).Id).Reverse().ToList();
        var foreign = standIn.Batches.Add(Dialect.Anthropic, "key-2", ["a"]);

        var page = await http.JsonAsync($"v1/messages/batches?limit=2&before_id={ids[3]}");
        Assert.Equal([ids[1], ids[2]], page["data"]!.AsArray().Select(batch => batch!["id"]!.GetValue<string>()));
        Assert.Equal((true, ids[1], ids[2]),
            (page["has_more"]!.GetValue<bool>(), page["first_id"]!.GetValue<string>(), page["last_id"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(StandInHttp.PathOf(foreign))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("v1/messages/batches?limit=1001")).StatusCode);
    }
}
