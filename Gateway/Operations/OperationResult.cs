using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Operations;

namespace JobTracker.Gateway.Operations;

/// <summary>Answers with one operation and its entity tag.</summary>
internal sealed class OperationResult(OperationSnapshot operation, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    /// <summary>What became of a command, as an answer.</summary>
    public static IResult Of(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Accepted { Operation: var operation } => new OperationResult(operation),
        OperationOutcome.AlreadyDone { Operation: var operation } => new OperationResult(operation),
        _ => new ProblemResult(RefusalOf(outcome)),
    };

    /// <summary>Why a command did nothing.</summary>
    public static Problem RefusalOf(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.NotFound => ProblemMap.OperationNotFound,
        OperationOutcome.FilterRequired => ProblemMap.FilterRequired,
        OperationOutcome.Invalid { Field: var field, Problem: var problem } => ProblemMap.Of([new RequestError("body", $"$.{field}", problem)]),
        OperationOutcome.KeyReused => ProblemMap.OperationKeyReused,
        OperationOutcome.TooManyMatches { MaxItems: var most } => ProblemMap.TooManyMatches(most),
        OperationOutcome.TooMany => ProblemMap.TooManyOperations,
        OperationOutcome.HasEnded { Status: var ended } => ProblemMap.OperationHasEnded(ended),
        _ => throw new InvalidOperationException($"An outcome without an answer: {outcome.GetType()}."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = EntityTag.Of(operation.Version);
        response.StatusCode = status;
        if (status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(
            response.BodyWriter, OperationView.Of(operation), GatewayJson.Wire.OperationView, httpContext.RequestAborted);
    }
}
