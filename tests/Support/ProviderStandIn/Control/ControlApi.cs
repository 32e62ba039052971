using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Recording;

namespace JobTracker.Tests.StandIn.Control;

/// <summary>The controls of a stand-in that runs alone, under <c>/_standin</c>. JSON in snake_case; no key needed.</summary>
internal sealed class ControlApi(BatchBook batches, FaultPlan faults, RequestJournal journal, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/_standin");
        group.MapGet("/journal", () => Results.Json(journal.Entries.Select(JournalLine.Of), Json));
        group.MapGet("/batches", () => Results.Json(batches.All.Select(BatchLine.Of), Json));
        group.MapPost("/batches", AddBatchAsync);
        group.MapPost("/batches/{id}/{action}", MoveBatch);
        group.MapPut("/batches/{id}/outcomes", DecideAsync);
        group.MapPut("/batches/{id}/padding", PadAsync);
        group.MapGet("/faults", () => Results.Json(faults.Armed, Json));
        group.MapPost("/faults", ArmAsync);
        group.MapDelete("/faults", faults.Clear);
        group.MapPost("/clock/advance", AdvanceAsync);
    }

    private async Task<IResult> AddBatchAsync(HttpRequest request)
    {
        if (await ReadAsync<NewBatch>(request) is not { } wanted)
            return Bad("dialect, api_key and items (a number) are needed; padding_bytes may be given");
        var batch = batches.Add(wanted.Dialect, wanted.ApiKey, Enumerable.Range(1, wanted.Items).Select(number => $"item-{number}"));
        batch.PaddingBytes = wanted.PaddingBytes;
        return Results.Json(BatchLine.Of(batch), Json, statusCode: 201);
    }

    private IResult MoveBatch(string id, string action)
    {
        if (batches.Find(id) is not { } batch)
            return Results.NotFound();
        Action? move = action switch
        {
            "start" => batch.Start,
            "finalize" => batch.StartFinalizing,
            "end" => batch.End,
            "cancel" => batch.EndCanceled,
            "expire" => batch.Expire,
            "fail" => batch.Fail,
            _ => null,
        };
        if (move is null)
            return Bad("start, finalize, end, cancel, expire or fail");
        move();
        return Results.Json(BatchLine.Of(batch), Json);
    }

    private async Task<IResult> DecideAsync(HttpRequest request, string id)
    {
        if (batches.Find(id) is not { } batch)
            return Results.NotFound();
        if (await ReadAsync<Dictionary<string, OutcomeName>>(request) is not { } outcomes)
            return Bad("{\"CUSTOM_ID\": \"succeeded|errored|canceled|expired|no_line\"} is needed");
        foreach (var (customId, outcome) in outcomes)
            batch.Decide(customId, outcome.ToOutcome());
        return Results.NoContent();
    }

    private async Task<IResult> PadAsync(HttpRequest request, string id)
    {
        if (batches.Find(id) is not { } batch)
            return Results.NotFound();
        if (await ReadAsync<NewPadding>(request) is not { Bytes: >= 0 } wanted)
            return Bad("bytes is needed");
        batch.PaddingBytes = wanted.Bytes;
        return Results.NoContent();
    }

    private async Task<IResult> ArmAsync(HttpRequest request)
    {
        if (await ReadAsync<NewFault>(request) is not { } wanted)
            return Bad("route and kind are needed; times, api_key, about, at_line, seconds and bytes may be given");
        faults.Arm(wanted.Route, wanted.ToFault(), wanted.Times, wanted.ApiKey, wanted.About);
        return Results.NoContent();
    }

    private async Task<IResult> AdvanceAsync(HttpRequest request)
    {
        if (clock is not AdvanceableClock own)
            return Bad("a test holds this stand-in's clock");
        if (await ReadAsync<NewTime>(request) is not { Seconds: >= 0 } by)
            return Bad("seconds is needed");
        own.Advance(TimeSpan.FromSeconds(by.Seconds));
        return Results.Json(new { now = clock.GetUtcNow() }, Json);
    }

    private static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Json, request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Bad(string expected) => Results.Json(new { expected }, Json, statusCode: 400);
}
