using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>OpenAI's batches: https://platform.openai.com/docs/api-reference/batch.</summary>
internal sealed class OpenAiBatchesApi(FileShelf files, BatchBook batches, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var group in OpenAiAccess.Groups(app, "batches"))
        {
            group.MapPost("", CreateAsync).WithMetadata(new RouteMark(StandInRoute.OpenAiCreate));
            group.MapGet("", List).WithMetadata(new RouteMark(StandInRoute.OpenAiList));
            group.MapGet("/{id}", Get).WithMetadata(new RouteMark(StandInRoute.OpenAiGet));
            group.MapPost("/{id}/cancel", Cancel).WithMetadata(new RouteMark(StandInRoute.OpenAiCancel));
        }
    }

    private async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            var request = await CreateRequest.ReadAsync(context.Request.Body, cancellation);
            var apiKey = Caller.ApiKey(context.Request);
            var file = files.Find(request.InputFileId, apiKey)
                ?? throw new RefusedException(OpenAiRefusals.NoSuchFile(request.InputFileId));
            if (file.Purpose != "batch")
                throw new RefusedException(OpenAiRefusals.Invalid("The input file must have the purpose 'batch'.", "input_file_id"));
            var batch = batches.Add(request.Order(batches.NewId(Dialect.OpenAi), file) with
            { CarriedOutAfter = BatchFaults.Lateness(context.Features.Get<Fault>()) });
            return Json(context, batch, batch.LastSeen);
        }
        catch (RefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private IResult Get(HttpContext context, string id) =>
        Find(context, id) is { } batch ? Json(context, batch, batch.Progress) : OpenAiRefusals.NoSuchBatch(id);

    private IResult Cancel(HttpContext context, string id)
    {
        if (Find(context, id) is not { } batch)
            return OpenAiRefusals.NoSuchBatch(id);
        if (batch.Progress.Phase is BatchPhase.Ended)
            return OpenAiRefusals.Invalid($"Cannot cancel a batch with status '{OpenAiBatchView.Of(batch, batch.Progress)["status"]}'.");
        batch.Cancel();
        return Json(context, batch, batch.LastSeen);
    }

    private IResult List(HttpContext context, int? limit, string? after)
    {
        if (limit is < 1 or > 100)
            return OpenAiRefusals.Invalid("limit must be between 1 and 100", "limit");
        var fault = context.Features.Get<Fault>();
        var shown = ListFaults.Shown(fault, batches.Of(Dialect.OpenAi, Caller.ApiKey(context.Request)), clock.GetUtcNow());
        var page = Page.Of(shown, limit ?? 20, before: null, after);
        return new JsonAnswer(new JsonObject
        {
            ["object"] = "list",
            ["data"] = ListFaults.Apply(fault, new JsonArray([.. page.Batches.Select(batch => OpenAiBatchView.Of(batch, batch.Progress))])),
            ["first_id"] = page.FirstId,
            ["last_id"] = page.LastId,
            ["has_more"] = page.HasMore,
        });
    }

    private ProviderBatch? Find(HttpContext context, string id) => batches.Find(id, Dialect.OpenAi, Caller.ApiKey(context.Request));

    private static JsonAnswer Json(HttpContext context, ProviderBatch batch, BatchProgress progress) =>
        new(BatchFaults.Apply(context.Features.Get<Fault>(), OpenAiBatchView.Of(batch, progress), "status"));
}
