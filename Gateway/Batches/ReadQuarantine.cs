using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Batches;

/// <summary>Reads the result lines that were set aside, page by page.</summary>
internal static class ReadQuarantine
{
    private const int PageLines = 100;

    public static async Task<IResult> Lines(BatchId id, HttpContext http, GrainCalls calls)
    {
        var (batch, caller) = (calls.Batch(id), http.Caller());
        // Read before the first byte goes out, so that what is wrong with the storage is still a problem and no broken answer.
        if (await batch.ReadAsync(grain => grain.ReadQuarantineAsync(caller, default, PageLines)) is not { } first)
            return new ProblemResult(ProblemMap.BatchNotFound);
        return TypedResults.Stream(output => SendAsync(batch, caller, first, output, http), "application/jsonl");
    }

    private static async Task SendAsync(
        CallsTo<IBatchGrain> batch, Caller caller, QuarantinePage page, Stream output, HttpContext http)
    {
        while (true)
        {
            foreach (var line in page.Lines)
            {
                await JsonSerializer.SerializeAsync(
                    output, QuarantinedLineView.Of(line), GatewayJson.Wire.QuarantinedLineView, http.RequestAborted);
                await output.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
            }
            if (!page.HasNext)
                return;
            CallBudget.Renew();
            var after = page.Lines[^1].Place;
            if (await batch.ReadAsync(grain => grain.ReadQuarantineAsync(caller, after, PageLines)) is not { } more)
            {
                // The batch went away: a break tells that, an end would look complete.
                http.Abort();
                return;
            }
            page = more;
        }
    }
}
