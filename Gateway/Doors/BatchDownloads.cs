using JobTracker.Batches;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Keys;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Doors;

/// <summary>The API's downloads of a batch, below /ui: the session of the pages counts there alone.</summary>
internal static class BatchDownloads
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        Map(app, "results.jsonl", limits, ReadBatch.Results);
        Map(app, "quarantine.jsonl", limits, ReadQuarantine.Lines);
    }

    private static void Map(
        IEndpointRouteBuilder app, string name, GatewayLimits limits, Func<BatchId, HttpContext, GrainCalls, Task<IResult>> read) => app
        .MapGet($"/ui/batches/{{id}}/{name}", async (string id, HttpContext http, GrainCalls calls) =>
        {
            if (!BatchId.TryParse(id, out var batch))
                return new ProblemResult(ProblemMap.BatchNotFound);
            var answer = await read(batch, http, calls);
            if (answer is not ProblemResult)
            {
                var attachment = new ContentDispositionHeaderValue("attachment");
                attachment.SetHttpFileName($"{batch}.{name}");
                http.Response.Headers.ContentDisposition = attachment.ToString();
            }
            return answer;
        })
        .RequireAuthorization(Scopes.BatchesRead).ExcludeFromDescription().MayBeReadSlowly(limits);
}
