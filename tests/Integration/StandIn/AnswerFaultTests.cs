using System.Net;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Faults that take the place of the answer.</summary>
public sealed class AnswerFaultTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429, "7", "rate_limit_error")]
    [InlineData(FaultKind.TooManyRequestsUntilDate, 429, "Sun, 01 Mar 2026 12:00:07 GMT", "rate_limit_error")]
    [InlineData(FaultKind.TooManyRequestsUnexplained, 429, null, "rate_limit_error")]
    [InlineData(FaultKind.InternalError, 500, null, "api_error")]
    [InlineData(FaultKind.Overloaded, 529, null, "overloaded_error")]
    [InlineData(FaultKind.NotFound, 404, null, "not_found_error")]
    [InlineData(FaultKind.Unauthorized, 401, null, "authentication_error")]
    [InlineData(FaultKind.HtmlBadGateway, 502, null, "<html>")]
    public async Task An_answer_fault_is_on_the_wire_as_named_and_is_spent_once(
        FaultKind kind, int status, string? retryAfter, string inBody)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicList, new Fault(kind) { RetryAfter = TimeSpan.FromSeconds(7) });

        using var broken = await http.GetAsync("v1/messages/batches");
        Assert.Equal((status, retryAfter),
            ((int)broken.StatusCode, broken.Headers.TryGetValues("retry-after", out var values) ? values.Single() : null));
        Assert.Contains(inBody, await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(kind is FaultKind.HtmlBadGateway ? "text/html" : "application/json", broken.Content.Headers.ContentType!.MediaType);

        using var healed = await http.GetAsync("v1/messages/batches");
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
        Assert.Equal([kind, null], standIn.Journal.Entries.Select(entry => entry.Fault));
    }

    [Fact]
    public async Task A_fault_speaks_the_dialect_of_the_route_it_hits()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.Any, FaultKind.Unauthorized);
        Assert.Equal("invalid_api_key", (await http.JsonAsync("v1/batches"))["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(FaultKind.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData(FaultKind.Overloaded, (HttpStatusCode)529)]
    public async Task A_fault_for_one_key_lasts_and_leaves_the_others_alone(FaultKind kind, HttpStatusCode status)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var bad = new StandInHttp(standIn, "bad");
        using var good = new StandInHttp(standIn, "good");
        standIn.Faults.Arm(StandInRoute.Any, kind, int.MaxValue, apiKey: "bad");
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(status, (await bad.GetAsync("v1/batches")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("v1/batches")).StatusCode);
        }
    }

    [Fact]
    public async Task A_fault_hits_as_often_as_armed_and_only_what_it_is_about()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        await http.CreateAsync("a");
        await http.CreateAsync("b");
        standIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.NotFound, times: 2, about: standIn.Batches[0].Id);

        List<HttpStatusCode> first = [];
        for (var poll = 0; poll < 3; poll++)
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(StandInHttp.PathOf(standIn.Batches[1]))).StatusCode);
            first.Add((await http.GetAsync(StandInHttp.PathOf(standIn.Batches[0]))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], first);
        Assert.Empty(standIn.Faults.Armed);
    }

    [Fact]
    public async Task Slow_headers_come_when_the_clock_has_moved_that_far()
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(StandInRoute.AnthropicList, new Fault(FaultKind.SlowHeaders) { Delay = TimeSpan.FromSeconds(30) });

        var slow = http.GetAsync("v1/messages/batches");
        // The delay is armed on the fake clock some time after the request is in the journal: move until it is heard.
        while (!slow.IsCompleted)
        {
            Assert.True(_clock.GetUtcNow() < new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), "the answer never came");
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(slow, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.Equal(HttpStatusCode.OK, (await slow).StatusCode);
        Assert.True(_clock.GetUtcNow() - standIn.Journal.Entries[0].At >= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(StandInRoute.AnthropicCreate)]
    [InlineData(StandInRoute.OpenAiCreate)]
    public async Task A_create_that_loses_its_answer_has_made_its_batch(StandInRoute route)
    {
        await using var standIn = await ProviderStandIn.StartAsync(_clock);
        using var http = new StandInHttp(standIn);
        standIn.Faults.Arm(route, FaultKind.LostAnswer);
        var file = await http.UploadAsync(StandInHttp.ChatLine("a"));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => route is StandInRoute.AnthropicCreate ? http.CreateAsync("a") : http.CreateFromAsync(file));
        Assert.Equal((1, 1), (standIn.Batches.All.Count, standIn.Journal.Creates));
        var list = await http.JsonAsync(route is StandInRoute.AnthropicCreate ? "v1/messages/batches" : "v1/batches");
        Assert.Equal(standIn.Batches[0].Id, list["data"]![0]!["id"]!.GetValue<string>());
    }
}
