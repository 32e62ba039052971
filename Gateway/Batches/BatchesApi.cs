using System.Collections.Immutable;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Batches;

/// <summary>The endpoints of <c>/v1/batches</c>.</summary>
internal static class BatchesApi
{
    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        MapReads(app.MapGroup("/v1/batches").WithTags("Batches").RequireAuthorization(Scopes.JobsRead));
        MapCommands(app.MapGroup("/v1/batches").WithTags("Batches").RequireAuthorization(Scopes.JobsWrite).WithMetadata(new BodyLimit(limits.BodyBytes)), limits);
    }

    private static void MapReads(RouteGroupBuilder batches)
    {
        batches.MapGet("/", ListBatches.List).Describes("list_batches", "A page of batches, in creation order")
            .Takes(BatchListParameters.Meanings).Produces<BatchView[]>().Fails(403, 422, 503);
        batches.MapGet("/{id}", ReadBatch.Get).Describes("get_batch", "One batch").Produces<BatchView>().Produces(304).Fails(404, 422, 503);
        batches.MapGet("/{id}/items", ListBatches.Items).Describes("list_batch_items", "A page of a batch's items, by custom_id, without their results")
            .Takes(ItemListParameters.Meanings).Produces<ItemView[]>().Fails(404, 422, 503);
        batches.MapGet("/{id}/items/{custom_id}", ReadBatch.Item).Describes("get_batch_item", "One item with its result")
            .Produces<ItemWithResultView>().Fails(404, 422, 503);
        batches.MapGet("/{id}/results", ReadBatch.Results).Describes("get_batch_results", "The provider's result lines as they came (JSONL), once the batch has ended")
            .Produces<string>(200, "application/jsonl").Fails(404, 409, 422, 503);
    }

    private static void MapCommands(RouteGroupBuilder batches, GatewayLimits limits)
    {
        batches.MapPost("/", CreateBatch.Create)
            .Describes("create_batch", "Make a batch and submit it: one JSON object of at most 16 MiB, or lines (JSONL) of at most 256 MiB")
            .Accepts<CreateBatchBody>("application/json", "application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines", "application/x-jsonl", "application/jsonlines")
            .WithMetadata(new BodyLimit(Math.Max(limits.BatchBodyBytes, limits.BatchJsonBytes)))
            .Makes().Fails(400, 413, 415, 422, 503);
        batches.MapPost("/adopt", CreateBatch.Adopt).Describes("adopt_batch", "Follow a batch that was made at the provider by somebody else")
            .Accepts<AdoptBatchBody>("application/json").Makes().Fails(400, 413, 415, 422, 503);
        batches.MapPost("/{id}/cancel", ChangeBatch.Cancel).Describes("cancel_batch", "Ask the provider to stop; what completed before is kept")
            .Produces<BatchView>(202).Fails(404, 409, 422, 503);
        batches.MapPost("/{id}/refresh", ChangeBatch.Refresh).Describes("refresh_batch", "Ask the provider now")
            .Produces<BatchView>().Fails(404, 409, 422, 503);
        batches.MapPost("/{id}/resubmit-failed", ChangeBatch.ResubmitFailed)
            .Describes("resubmit_failed_items", "Send the failed and expired items again, as a new provider batch under the same batch")
            .Produces<BatchView>(202).Fails(404, 409, 422, 503);
    }

    private static RouteHandlerBuilder Makes(this RouteHandlerBuilder route) =>
        route.Header("Idempotency-Key", "Makes a repeated request safe: 1 to 255 characters.").Produces<BatchView>(202).Produces<BatchView>();

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, ImmutableArray<(string Name, string Meaning)> parameters)
    {
        foreach (var (name, meaning) in parameters)
            route.Query(name, meaning);
        return route;
    }
}
