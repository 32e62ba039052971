using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.StandIn;

public sealed class StandInJournalTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_request_is_written_down_whole()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        using var answer = await http.CreateAsync("a");
        var sent = (await answer.Content.ReadAsByteArrayAsync()).Length;
        var entry = await standIn.Journal.WhenAsync(StandInRoute.AnthropicCreate);
        await entry.Answered;
        Assert.Equal(
            (_clock.GetUtcNow(), "POST", "/v1/messages/batches", standIn.BaseUrl.Authority, "key-1", "x-api-key", 200, (long)sent),
            (entry.At, entry.Method, entry.Path, entry.Host, entry.ApiKey, entry.KeyHeader, entry.Status, entry.ResponseBytes));
        Assert.Equal("""{"requests":[{"custom_id":"a","params":{"model":"m"}}]}""".Length, entry.RequestBytes);
    }

    [Fact]
    public async Task The_spacing_of_polls_is_that_of_one_batch()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var polled = standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a"]);
        var other = standIn.Batches.Add(Dialect.Anthropic, "key-1", ["a"]);
        foreach (var seconds in new[] { 20, 30, 45 })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            await http.GetAsync(StandInHttp.PathOf(polled));
            await http.GetAsync(StandInHttp.PathOf(other));
        }

        Assert.Equal([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45)], standIn.Journal.PollSpacing(polled.Id));
        Assert.Equal(5, standIn.Journal.PollSpacing(apiKey: "key-1").Count);
    }

    [Fact]
    public async Task A_request_still_to_come_can_be_awaited()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        var coming = standIn.Journal.WhenAsync(entry => entry.Path.EndsWith("?limit=7", StringComparison.Ordinal));
        await http.GetAsync("v1/batches");
        Assert.False(coming.IsCompleted);
        await http.GetAsync("v1/batches?limit=7");
        Assert.Equal(StandInRoute.OpenAiList, (await coming.WaitAsync(TimeSpan.FromSeconds(10))).Route);
    }
}
