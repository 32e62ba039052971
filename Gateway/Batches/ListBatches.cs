using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Batches;

/// <summary>Lists batches, and the items of one.</summary>
internal static class ListBatches
{
    private const string Path = "/v1/batches";

    private static readonly BatchPage Empty = new([], HasNext: false, HasPrevious: false);

    public static Task<IResult> List(HttpContext http, GrainCalls calls, BytesInFlight bytes) => http.AnswerAsync(
        errors => (Query: BatchListParameters.Read(new QueryFields(http.Request.Query, errors), out var nothing), IsEmpty: nothing),
        async asked => ListScope.Refusal(http.Caller(), asked.Query.OrganizationId) is { } problem
            ? problem
            : await bytes.SendAsync(
                http,
                async () => asked.IsEmpty
                    ? Empty
                    : await calls.Batches.ReadAsync(batches => batches.ListAsync(http.Caller(), asked.Query)),
                page => page.Bytes,
                page => Batches(http, page, asked.Query)));

    public static Task<IResult> Items(BatchId id, HttpContext http, GrainCalls calls, BytesInFlight bytes) => http.AnswerAsync(
        errors => ItemListParameters.Read(new QueryFields(http.Request.Query, errors)),
        query => bytes.SendAsync(
            http,
            () => calls.Batch(id).ReadAsync(batch => batch.ListItemsAsync(http.Caller(), query)),
            page => page?.Bytes ?? 0,
            page => page is null ? new ProblemResult(ProblemMap.BatchNotFound) : Items(http, page, id)));

    private static JsonResult<ImmutableArray<BatchView>> Batches(HttpContext http, BatchPage page, BatchQuery query)
    {
        var links = new PageLinks(http.Request.PathBase + Path, http.Request.Query);
        if (links.Around(page.Batches, batch => batch.Id, page.HasNext, page.HasPrevious, query.After, query.Before) is { } around)
            http.Response.Headers.Link = around;
        return new(ImmutableArray.CreateRange(page.Batches, BatchView.Of), GatewayJson.Wire.ImmutableArrayBatchView);
    }

    private static JsonResult<ImmutableArray<ItemView>> Items(HttpContext http, ItemPage page, BatchId batch)
    {
        if (page.HasNext)
            http.Response.Headers.Link = new PageLinks($"{http.Request.PathBase}{Path}/{batch}/items", http.Request.Query)
                .Next(page.Items[^1].CustomId);
        return new(ImmutableArray.CreateRange(page.Items, ItemView.Of), GatewayJson.Wire.ImmutableArrayItemView);
    }
}
