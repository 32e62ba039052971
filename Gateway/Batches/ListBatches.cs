using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Batches;
using JobTracker.Gateway.Auth;
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

    public static async Task<IResult> List(HttpContext http, IGrainFactory grains, BytesInFlight bytes)
    {
        var errors = new RequestErrors();
        var caller = http.Caller();
        var query = BatchListParameters.Read(new QueryFields(http.Request.Query, errors), out var nothing);
        if (ListScope.Refusal(caller, query.OrganizationId, errors) is { } problem)
            return problem;
        if (await bytes.ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        var page = nothing ? Empty : await grains.GetGrain<IBatchCatalogGrain>(0).ListAsync(caller, query);
        reservation.Narrow(page.Bytes);
        if (!page.Batches.IsEmpty)
        {
            var links = new PageLinks(http.Request.PathBase + Path, http.Request.Query);
            SetLinks(http, links.Around(
                page.Batches[0].Id.ToString(), page.Batches[^1].Id.ToString(), page.HasNext, page.HasPrevious, query.After?.ToString(),
                query.Before?.ToString()));
        }
        return new JsonResult<ImmutableArray<BatchView>>(
            ImmutableArray.CreateRange(page.Batches, BatchView.Of), GatewayJson.Wire.ImmutableArrayBatchView);
    }

    public static async Task<IResult> Items(string id, HttpContext http, IGrainFactory grains, BytesInFlight bytes)
    {
        if (!BatchId.TryParse(id, out _))
            return new ProblemResult(ProblemMap.InvalidBatchId);
        var errors = new RequestErrors();
        var query = ItemListParameters.Read(new QueryFields(http.Request.Query, errors));
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        if (await bytes.ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        if (await grains.GetGrain<IBatchGrain>(id).ListItemsAsync(http.Caller(), query) is not { } page)
            return new ProblemResult(ProblemMap.BatchNotFound);
        reservation.Narrow(page.Bytes);
        if (page.HasNext)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{Path}/{id}/items");
            SetLinks(http, new PageLinks(path, http.Request.Query).Next(page.Items[^1].CustomId));
        }
        return new JsonResult<ImmutableArray<ItemView>>(
            ImmutableArray.CreateRange(page.Items, ItemView.Of), GatewayJson.Wire.ImmutableArrayItemView);
    }

    private static void SetLinks(HttpContext http, string? links)
    {
        if (links is not null)
            http.Response.Headers.Link = links;
    }
}
