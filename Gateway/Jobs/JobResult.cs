using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>Answers with one job and its entity tag.</summary>
internal sealed class JobResult(JobSnapshot job, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    /// <summary>What became of a command, as an answer.</summary>
    public static IResult Of(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Accepted { Job: var job } => new JobResult(job),
        JobOutcome.AlreadyDone { Job: var job } => new JobResult(job),
        JobOutcome.Refused { Reason: var reason } => new ProblemResult(ProblemMap.Of(reason)),
        JobOutcome.NotFound => new ProblemResult(ProblemMap.JobNotFound),
        _ => throw new InvalidOperationException($"An outcome without an answer: {outcome.GetType()}."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = EntityTag.Of(job.Version);
        response.StatusCode = status;
        if (status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(response.BodyWriter, JobView.Of(job), GatewayJson.Wire.JobView, httpContext.RequestAborted);
    }
}
