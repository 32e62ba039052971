using System.Net;
using System.Net.Http.Json;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>The controls of a stand-in that runs alone.</summary>
public sealed class StandInControlTests
{
    [Fact]
    public async Task A_batch_is_added_decided_and_ended()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        var added = await http.JsonAsync(
            HttpMethod.Post, "_standin/batches", JsonContent.Create(
                new { dialect = "openai", api_key = "key-1", items = 3, padding_bytes = 10 }));
        var id = added["id"]!.GetValue<string>();
        await http.SendAsync(HttpMethod.Put, $"_standin/batches/{id}/outcomes", JsonContent.Create(
            new Dictionary<string, string> { ["item-2"] = "errored", ["item-3"] = "no_line" }));
        Assert.Equal("ended", (await http.JsonAsync(HttpMethod.Post, $"_standin/batches/{id}/end"))["phase"]!.GetValue<string>());
        Assert.Equal([ItemOutcome.Succeeds, ItemOutcome.Fails(), ItemOutcome.Vanishes], Enumerable.Range(0, 3)
            .Select(standIn.Batches[id].OutcomeOf));
        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(HttpMethod.Post, "_standin/batches/none/end")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(HttpMethod.Post, $"_standin/batches/{id}/dance")).StatusCode);
    }

    [Fact]
    public async Task A_fault_is_armed_seen_and_cleared()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        await http.SendAsync(
            HttpMethod.Post, "_standin/faults", JsonContent.Create(new { route = "openai_list", kind = "too_many_requests", seconds = 9 }));
        using var limited = await http.GetAsync("v1/batches");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(9)), (limited.StatusCode, limited.Headers.RetryAfter!.Delta));

        await http.SendAsync(
            HttpMethod.Post, "_standin/faults", JsonContent.Create(new { route = "any", kind = "internal_error", times = 5 }));
        Assert.Single((await http.JsonAsync("_standin/faults")).AsArray());
        await http.SendAsync(HttpMethod.Delete, "_standin/faults");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v1/batches")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await http.SendAsync(HttpMethod.Post, "_standin/faults", JsonContent.Create(new { kind = "gremlins" }))).StatusCode);
    }

    [Fact]
    public async Task The_clock_is_moved_and_the_journal_read_with_only_the_end_of_a_key()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn, "secret-key-abcd");
        var batch = standIn.Batches.Add(Dialect.Anthropic, "secret-key-abcd", ["a"]);
        await http.SendAsync(HttpMethod.Post, "_standin/clock/advance", JsonContent.Create(new { seconds = 86_400 }));
        Assert.Equal(1, (await http.JsonAsync(StandInHttp.PathOf(batch)))["request_counts"]!["expired"]!.GetValue<int>());

        var journal = (await http.JsonAsync("_standin/journal")).AsArray();
        Assert.Equal("…abcd", Assert.Single(journal)!["api_key"]!.GetValue<string>());
    }
}
