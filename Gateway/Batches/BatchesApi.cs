using JobTracker.Gateway.Batches.Create;
using JobTracker.Gateway.Methods;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Batches;

/// <summary>The endpoints of <c>/v1/batches</c>.</summary>
internal static class BatchesApi
{
    private const string Batch = $"/{{id:{OtherThan.Name}(adopt)}}";

    private static readonly string[] Lines =
        ["application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines", "application/x-jsonl",
            "application/jsonlines"];

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        MapReads(app.MapGroup("/v1/batches").WithTags("Batches").RequireAuthorization(Scopes.BatchesRead), limits);
        var commands = app.MapGroup("/v1/batches").WithTags("Batches").RequireAuthorization(Scopes.BatchesWrite);
        MapCreates(commands, limits);
        MapChanges(commands);
    }

    private static void MapReads(RouteGroupBuilder batches, GatewayLimits limits)
    {
        batches.MapGet("/", ListBatches.List).Describes("list_batches", "A page of batches, in creation order")
            .Query(BatchListParameters.All).Produces<BatchView[]>().LinksPages().Fails(429);
        batches.MapGet(Batch, ReadBatch.Get).Describes("get_batch", "One batch").AnswersBatch(200).KnowsVersion().Fails(404);
        batches.MapGet(Batch + "/items", ListBatches.Items)
            .Describes("list_batch_items", "A page of a batch's items, by custom_id, without their results")
            .Query(ItemListParameters.All).Produces<ItemView[]>().LinksPages().Fails(404, 429);
        batches.MapGet(Batch + "/items/{custom_id}", ReadBatch.Item).Describes("get_batch_item", "One item with its result")
            .Produces<ItemWithResultView>().Fails(404);
        batches.MapGet(Batch + "/results", ReadBatch.Results)
            .Describes("get_batch_results", "The provider's result lines as they came (JSONL), once the batch has ended")
            .Produces<string>(200, "application/jsonl")
            .WithMetadata(new Offers("application/jsonl")).Fails(404, 409).MayBeReadSlowly(limits);
        batches.MapGet(Batch + "/quarantine", ReadQuarantine.Lines)
            .Describes("get_batch_quarantine", "Result lines that were set aside, and why (JSONL)")
            .Produces<QuarantinedLineView>(200, "application/jsonl")
            .WithMetadata(new Offers("application/jsonl")).Fails(404).MayBeReadSlowly(limits);
    }

    private static void MapCreates(RouteGroupBuilder batches, GatewayLimits limits)
    {
        batches.MapPost("/", CreateBatch.Create)
            .Describes("create_batch", "Make a batch and submit it")
            .WithDescription("One JSON object, which is held as a whole, or lines (JSONL), of which there may be far more: the object "
                + "without `items` first, then one item a line.")
            .Accepts<CreateBatchBody>("application/json", Lines).AcceptsLines<CreateBatchHeadBody, CreateItemBody>(Lines)
            .WithMetadata(new BodyLimit(Math.Max(limits.BatchBodyBytes, limits.BatchJsonBytes)))
            .Makes(limits);
        batches.MapPost("/adopt", CreateBatch.Adopt)
            .Describes("adopt_batch", "Follow a batch that was made at the provider by somebody else")
            .Accepts<AdoptBatchBody>("application/json").Makes(limits);
    }

    private static void MapChanges(RouteGroupBuilder batches)
    {
        batches.MapDelete(Batch, ChangeBatch.Delete)
            .Describes("delete_batch", "Remove a batch that is done or was never sent, with its items and results")
            .AnswersBatch(200).Fails(404, 409);
        batches.MapPost(Batch + "/cancel", ChangeBatch.Cancel)
            .Describes("cancel_batch", "Ask the provider to stop; what completed before is kept")
            .AnswersBatch(202).AnswersBatch(200).Fails(404, 409);
        batches.MapPost(Batch + "/refresh", ChangeBatch.Refresh)
            .Describes("refresh_batch", "Ask the provider now").AnswersBatch(200).Fails(404, 409);
        batches.MapPost(Batch + "/resubmit-failed", ChangeBatch.ResubmitFailed)
            .Describes("resubmit_failed_items", "Send the failed and expired items again, as a new provider batch under the same batch")
            .AnswersBatch(202).Fails(404, 409);
    }

    private static RouteHandlerBuilder Makes(this RouteHandlerBuilder route, GatewayLimits limits) => route
        .Header(IdempotencyKey.Parameter(
            "Makes a repeated request safe: the same key and body answer with the batch that the first one made.", limits))
        .AnswersBatch(202).AnswersBatch(200).SaysWhereItIs(202).SaysWhereItIs(200).SaysItIsReplayed().Fails(413, 415);

    /// <summary>The answer is a batch with its entity tag.</summary>
    private static RouteHandlerBuilder AnswersBatch(this RouteHandlerBuilder route, int status) =>
        route.Produces<BatchView>(status).SendsVersion(status);

    private static RouteHandlerBuilder LinksPages(this RouteHandlerBuilder route) =>
        route.Sends(200, "Link", "The pages around this one (RFC 8288): rel next and prev.", mayMiss: true);
}
