using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>Anthropic's Message Batches: https://docs.anthropic.com/en/api/creating-message-batches and its neighbours.</summary>
internal sealed class AnthropicApi(BatchBook batches, AnthropicBatchView view, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/messages/batches").AddEndpointFilter(CheckHeaders);
        group.MapPost("", CreateAsync).WithMetadata(new RouteMark(StandInRoute.AnthropicCreate));
        group.MapGet("", List).WithMetadata(new RouteMark(StandInRoute.AnthropicList));
        group.MapGet("/{id}", Get).WithMetadata(new RouteMark(StandInRoute.AnthropicGet));
        group.MapPost("/{id}/cancel", Cancel).WithMetadata(new RouteMark(StandInRoute.AnthropicCancel));
        group.MapGet("/{id}/results", Results).WithMetadata(new RouteMark(StandInRoute.AnthropicResults));
        group.MapDelete("/{id}", Delete).WithMetadata(new RouteMark(StandInRoute.AnthropicDelete));
    }

    private static async ValueTask<object?> CheckHeaders(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var headers = invocation.HttpContext.Request.Headers;
        invocation.HttpContext.Response.Headers["request-id"] = "req_standin";
        // x-api-key or a bearer token: the API takes either, and its SDK for .NET sends the second since version 13.
        if (Caller.ApiKey(invocation.HttpContext.Request).Length == 0)
            return AnthropicRefusals.NoKey;
        return headers["anthropic-version"].ToString() switch
        {
            "" => AnthropicRefusals.Invalid("anthropic-version: header is required"),
            "2023-01-01" or "2023-06-01" or "2026-10-21" => await next(invocation),
            var other => AnthropicRefusals.Invalid($"anthropic-version: \"{other}\" is not a valid version"),
        };
    }

    private async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            var items = await CreateReader.ReadAsync(context.Request.Body, cancellation);
            var batch = batches.Add(new BatchOrder
            {
                Id = batches.NewId(Dialect.Anthropic),
                Dialect = Dialect.Anthropic,
                ApiKey = Caller.ApiKey(context.Request),
                Items = items,
                CarriedOutAfter = BatchFaults.Lateness(context.Features.Get<Fault>()),
            });
            return Json(context, view.Of(batch, batch.LastSeen));
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private IResult Get(HttpContext context, string id) =>
        Find(context, id) is { } batch ? Json(context, view.Of(batch, batch.Progress)) : AnthropicRefusals.NoSuchBatch;

    private IResult Cancel(HttpContext context, string id)
    {
        if (Find(context, id) is not { } batch)
            return AnthropicRefusals.NoSuchBatch;
        if (batch.Progress.Phase is BatchPhase.Ended)
            return AnthropicRefusals.Invalid($"Batch {id} has already ended and cannot be canceled.");
        batch.Cancel();
        return Json(context, view.Of(batch, batch.LastSeen));
    }

    private IResult Delete(HttpContext context, string id)
    {
        if (Find(context, id) is not { } batch)
            return AnthropicRefusals.NoSuchBatch;
        if (batch.Progress.Phase is not BatchPhase.Ended)
            return AnthropicRefusals.Invalid($"Batch {id} cannot be deleted while it is still processing.");
        batches.Remove(batch);
        return new JsonAnswer(new JsonObject { ["id"] = id, ["type"] = "message_batch_deleted" });
    }

    private IResult Results(HttpContext context, string id)
    {
        if (Find(context, id) is not { } batch)
            return AnthropicRefusals.NoSuchBatch;
        return view.HasResults(batch.Progress)
            ? new ResultLines(batch, new AnthropicLineWriter(batch), _ => true)
            : AnthropicRefusals.Invalid($"Batch {id} has no available results.");
    }

    private IResult List(HttpContext context, int? limit, string? before_id, string? after_id)
    {
        if (limit is < 1 or > 1000)
            return AnthropicRefusals.Invalid("limit: must be between 1 and 1000");
        if (before_id is not null && after_id is not null)
            return AnthropicRefusals.Invalid("Only one of before_id and after_id may be given");

        var fault = context.Features.Get<Fault>();
        var all = ListFaults.Shown(fault, batches.Of(Dialect.Anthropic, Caller.ApiKey(context.Request)), clock.GetUtcNow());
        var page = Page.Of(all, limit ?? 20, before_id, after_id);
        return new JsonAnswer(new JsonObject
        {
            ["data"] = ListFaults.Apply(fault, new JsonArray([.. page.Batches.Select(batch => view.Of(batch, batch.Progress))])),
            ["has_more"] = page.HasMore,
            ["first_id"] = page.FirstId,
            ["last_id"] = page.LastId,
        });
    }

    private ProviderBatch? Find(HttpContext context, string id) => batches.Find(id, Dialect.Anthropic, Caller.ApiKey(context.Request));

    private static JsonAnswer Json(HttpContext context, JsonObject batch) =>
        new(BatchFaults.Apply(context.Features.Get<Fault>(), batch, "processing_status"));
}
