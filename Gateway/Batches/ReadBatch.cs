using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using Microsoft.AspNetCore.Mvc;

namespace JobTracker.Gateway.Batches;

/// <summary>Reads one batch, one of its items, and its results.</summary>
internal static class ReadBatch
{
    private const int ChunkBytes = 1 << 20;

    public static async Task<IResult> Get(BatchId id, HttpContext http, GrainCalls calls)
    {
        if (await calls.Batch(id).ReadAsync(grain => grain.GetAsync(http.Caller())) is not { } batch)
            return new ProblemResult(ProblemMap.BatchNotFound);
        return EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, batch.Version)
            ? new BatchResult(batch, StatusCodes.Status304NotModified)
            : new BatchResult(batch);
    }

    public static async Task<IResult> Item(
        BatchId id, [FromRoute(Name = "custom_id")] string customId, HttpContext http, GrainCalls calls)
    {
        var batch = calls.Batch(id);
        if (await batch.ReadAsync(grain => grain.GetItemAsync(http.Caller(), customId)) is { } item)
            return new JsonResult<ItemWithResultView>(ItemWithResultView.Of(item), GatewayJson.Wire.ItemWithResultView);
        return new ProblemResult(
            await batch.ReadAsync(grain => grain.GetAsync(http.Caller())) is null ? ProblemMap.BatchNotFound : ProblemMap.ItemNotFound);
    }

    /// <summary>The provider's lines, once they are complete.</summary>
    public static async Task<IResult> Results(BatchId id, HttpContext http, GrainCalls calls)
    {
        var (asked, caller) = (calls.Batch(id), http.Caller());
        if (await asked.ReadAsync(grain => grain.GetAsync(caller)) is not { } batch)
            return new ProblemResult(ProblemMap.BatchNotFound);
        if (!batch.Status.IsTerminal)
            return new ProblemResult(ProblemMap.ResultsNotReady(batch.Status));
        // Read before the first byte goes out, so that what is wrong with the storage is still a problem and no broken answer.
        if (await asked.ReadAsync(grain => grain.ReadResultsAsync(caller, null, ChunkBytes)) is not { } first)
            return new ProblemResult(ProblemMap.BatchNotFound);
        if (!first.IsOf(batch.Attempts))
            return new ProblemResult(ProblemMap.ResultsNotReady(BatchStatus.Pending));
        return TypedResults.Stream(output => SendAsync(asked, caller, batch.Attempts, first, output, http), "application/jsonl");
    }

    private static async Task SendAsync(
        CallsTo<IBatchGrain> batch, Caller caller, int attempt, ResultChunk chunk, Stream output, HttpContext http)
    {
        while (true)
        {
            await output.WriteAsync(chunk.Lines, http.RequestAborted);
            if (chunk.Next is not { } next)
                return;
            CallBudget.Renew();
            if (await batch.ReadAsync(grain => grain.ReadResultsAsync(caller, next, ChunkBytes)) is not { } more || !more.IsOf(attempt))
            {
                // The batch went away, or its failed items were sent again and their
                // lines are gone: a break tells that, an end would look complete.
                http.Abort();
                return;
            }
            chunk = more;
        }
    }
}
