using System.Collections.Immutable;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Listing;

/// <summary>Lists and counts jobs.</summary>
internal static class ListJobs
{
    private const string Path = "/v1/jobs";

    /// <summary>When <c>/v1/jobs/active</c> was deprecated, as RFC 9745 writes it: 2026-01-01T00:00:00Z.</summary>
    private const string DeprecatedSince = "@1767225600";

    private static readonly JobPage Empty = new([], HasNext: false, HasPrevious: false);

    public static async Task<IResult> List(HttpContext http, IGrainFactory grains, BytesInFlight bytes)
    {
        var errors = new RequestErrors();
        var query = ListParameters.Read(new QueryFields(http.Request.Query, errors), out var nothing);
        if (ListScope.Refusal(http.Caller(), query.OrganizationId, errors) is { } problem)
            return problem;
        if (await bytes.ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        var page = nothing ? Empty : await grains.GetGrain<IJobCatalogGrain>(0).ListAsync(http.Caller(), query);
        reservation.Narrow(page.Bytes);
        if (ListLinks.Of(page, query, http.Request.PathBase + Path, http.Request.Query) is { } links)
            http.Response.Headers.Link = links;
        return Jobs(page);
    }

    public static async Task<IResult> Active(HttpContext http, IGrainFactory grains, BytesInFlight bytes)
    {
        http.Response.Headers["Deprecation"] = DeprecatedSince;
        var successor = $"<{http.Request.PathBase}{Path}?active=true&order=asc>; rel=\"successor-version\"";
        http.Response.Headers.Link = successor;
        var errors = new RequestErrors();
        var query = ListParameters.ReadActive(new QueryFields(http.Request.Query, errors));
        if (ListScope.Refusal(http.Caller(), query.OrganizationId, errors) is { } problem)
            return problem;
        if (await bytes.ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        var page = await grains.GetGrain<IJobCatalogGrain>(0).ListAsync(http.Caller(), query);
        reservation.Narrow(page.Bytes);
        if (ListLinks.BehindActive(page, http.Request.PathBase + Path, http.Request.Query) is { } next)
            http.Response.Headers.Link = $"{successor}, {next}";
        return Jobs(page);
    }

    public static async Task<IResult> Stats(HttpContext http, IGrainFactory grains)
    {
        var errors = new RequestErrors();
        var query = new QueryFields(http.Request.Query, errors);
        var organization = query.Text("organization_id");
        if (ListScope.Refusal(http.Caller(), organization, errors) is { } problem)
            return problem;
        var counts = await grains.GetGrain<IJobCatalogGrain>(0).CountAsync(http.Caller(), organization);
        return new JsonResult<JobStatsView>(JobStatsView.Of(counts), GatewayJson.Wire.JobStatsView);
    }

    private static JsonResult<ImmutableArray<JobView>> Jobs(JobPage page) =>
        new(ImmutableArray.CreateRange(page.Jobs, JobView.Of), GatewayJson.Wire.ImmutableArrayJobView);
}
