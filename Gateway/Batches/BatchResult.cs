using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Batches;

/// <summary>Answers with one batch and its entity tag.</summary>
internal sealed class BatchResult(BatchSnapshot batch, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    /// <summary>What became of a command, as an answer; <paramref name="status"/> is that of a good one.</summary>
    public static IResult Of(BatchOutcome outcome, int status) => outcome switch
    {
        BatchOutcome.Accepted { Batch: var batch } => new BatchResult(batch, status),
        BatchOutcome.AlreadyDone { Batch: var batch } => new BatchResult(batch, status),
        BatchOutcome.Refused { Reason: var reason } => new ProblemResult(ProblemMap.Of(reason)),
        BatchOutcome.NotFound => new ProblemResult(ProblemMap.BatchNotFound),
        _ => throw new InvalidOperationException($"An outcome without an answer: {outcome.GetType()}."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = EntityTag.Of(batch.Version);
        response.StatusCode = status;
        if (status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            response.BodyWriter, BatchView.Of(batch), GatewayJson.Wire.BatchView, httpContext.RequestAborted);
    }
}
