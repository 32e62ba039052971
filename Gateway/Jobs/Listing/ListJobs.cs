using System.Collections.Immutable;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
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

    public static Task<IResult> List(HttpContext http, GrainCalls calls, BytesInFlight bytes) => http.AnswerAsync(
        errors => (Query: ListParameters.Read(new QueryFields(http.Request.Query, errors), out var nothing), IsEmpty: nothing),
        asked => SendAsync(
            http, bytes, asked.Query.OrganizationId,
            async () => asked.IsEmpty ? Empty : await calls.Jobs.ReadAsync(jobs => jobs.ListAsync(http.Caller(), asked.Query)),
            page => ListLinks.Of(page, asked.Query, http.Request.PathBase + Path, http.Request.Query)));

    public static Task<IResult> Active(HttpContext http, GrainCalls calls, BytesInFlight bytes)
    {
        http.Response.Headers["Deprecation"] = DeprecatedSince;
        var successor = $"<{http.Request.PathBase}{Path}?active=true&order=asc>; rel=\"successor-version\"";
        http.Response.Headers.Link = successor;
        return http.AnswerAsync(
            errors => ListParameters.ReadActive(new QueryFields(http.Request.Query, errors)),
            query => SendAsync(
                http, bytes, query.OrganizationId,
                () => calls.Jobs.ReadAsync(jobs => jobs.ListAsync(http.Caller(), query)),
                page => ListLinks.BehindActive(page, http.Request.PathBase + Path, http.Request.Query) is { } next
                    ? $"{successor}, {next}"
                    : null));
    }

    public static Task<IResult> Stats(HttpContext http, GrainCalls calls, Shares shares) => http.AnswerAsync<string?>(
        errors => new QueryFields(http.Request.Query, errors).Text("organization_id"),
        async organization =>
        {
            if (ListScope.Refusal(http.Caller(), organization) is { } problem)
                return problem;
            using var share = await shares.TakeListAsync(http);
            if (share is null)
                return new ProblemResult(ProblemMap.TooManyLists);
            var counts = await calls.Jobs.ReadAsync(jobs => jobs.CountAsync(http.Caller(), organization));
            return new JsonResult<JobStatsView>(JobStatsView.Of(counts), GatewayJson.Wire.JobStatsView);
        });

    private static async Task<IResult> SendAsync(
        HttpContext http, BytesInFlight bytes, string? organization, Func<Task<JobPage>> read, Func<JobPage, string?> links) =>
        ListScope.Refusal(http.Caller(), organization) is { } problem
            ? problem
            : await bytes.SendAsync(http, read, page => page.Bytes, page =>
            {
                if (links(page) is { } link)
                    http.Response.Headers.Link = link;
                return new JsonResult<ImmutableArray<JobView>>(
                    ImmutableArray.CreateRange(page.Jobs, JobView.Of), GatewayJson.Wire.ImmutableArrayJobView);
            });
}
