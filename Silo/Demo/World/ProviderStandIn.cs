using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.Silo.Demo.World;

/// <summary>As much of Anthropic's Message Batches as the poller asks for: create, get, list, cancel, results.</summary>
internal sealed class ProviderStandIn(TimeProvider clock)
{
    private const string Root = "/v1/messages/batches";

    private readonly ConcurrentDictionary<string, StandInBatch> _batches = new(StringComparer.Ordinal);
    private int _made;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Root, (RequestDelegate)CreateAsync);
        app.MapGet(Root, (RequestDelegate)ListAsync);
        app.MapGet(Root + "/{id}", (RequestDelegate)(http => OfBatchAsync(http, (batch, now) => TellAsync(http, View(batch, now)))));
        app.MapPost(Root + "/{id}/cancel", (RequestDelegate)(http => OfBatchAsync(http, (batch, now) => CancelAsync(http, batch, now))));
        app.MapGet(Root + "/{id}/results", (RequestDelegate)(http => OfBatchAsync(http, (batch, now) => ResultsAsync(http, batch, now))));
    }

    private async Task CreateAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var requests = body.RootElement.GetProperty("requests");
        string[] items = [.. requests.EnumerateArray().Select(item => item.GetProperty("custom_id").GetString()!)];
        var now = clock.GetUtcNow();
        var batch = new StandInBatch(
            DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), items, Interlocked.Increment(ref _made));
        _batches[batch.Id] = batch;
        await TellAsync(http, View(batch, now));
    }

    private Task ListAsync(HttpContext http)
    {
        var now = clock.GetUtcNow();
        return TellAsync(http, new JsonObject
        {
            ["data"] = new JsonArray([.. _batches.Values.OrderByDescending(batch => batch.CreatedAt).Select(batch => View(batch, now))]),
            ["has_more"] = false,
        });
    }

    private async Task CancelAsync(HttpContext http, StandInBatch batch, DateTimeOffset now)
    {
        var cancelled = batch.HasEnded(now) ? batch : batch with { CancelledAt = now };
        _batches[batch.Id] = cancelled;
        await TellAsync(http, View(cancelled, now));
    }

    private static async Task ResultsAsync(HttpContext http, StandInBatch batch, DateTimeOffset now)
    {
        if (!batch.HasEnded(now))
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "invalid_request_error", "The batch has no results yet.");
            return;
        }
        http.Response.ContentType = "application/x-jsonl";
        for (var item = 0; item < batch.Items.Count; item++)
            await http.Response.WriteAsync(StandInAnswers.Line(batch, item).ToJsonString() + "\n", http.RequestAborted);
    }

    private Task OfBatchAsync(HttpContext http, Func<StandInBatch, DateTimeOffset, Task> answer)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        return (_batches.TryGetValue(id, out var known) ? known : StandInBatch.Read(id)) is { } batch
            ? answer(batch, clock.GetUtcNow())
            : RefuseAsync(http, StatusCodes.Status404NotFound, "not_found_error", "There is no such batch.");
    }

    private static JsonObject View(StandInBatch batch, DateTimeOffset now) => StandInAnswers.View(batch, now);

    private static Task RefuseAsync(HttpContext http, int status, string type, string message)
    {
        http.Response.StatusCode = status;
        return TellAsync(http, StandInAnswers.Refusal(type, message));
    }

    private static Task TellAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }
}
