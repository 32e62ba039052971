using JobTracker.Batches;
using JobTracker.Jobs;
using Microsoft.AspNetCore.Diagnostics;

namespace JobTracker.Gateway.Problems;

/// <summary>Turns whatever a handler throws into a problem, and logs what nobody expected.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    private const string JobItem = "jobtracker.job";
    private const string BatchItem = "jobtracker.batch";

    /// <summary>Remembers which job a command is for, so that a lost answer can name it.</summary>
    public static void CommandFor(HttpContext http, JobId job) => http.Items[JobItem] = job;

    /// <summary>The same for a batch.</summary>
    public static void CommandFor(HttpContext http, BatchId batch) => http.Items[BatchItem] = batch;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        try
        {
            if (!cancellationToken.IsCancellationRequested)
                await AnswerAsync(httpContext, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Who asked hung up while the answer was written: nobody is left who could be told.
        }
        if (cancellationToken.IsCancellationRequested && !httpContext.Response.HasStarted)
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        return true;
    }

    private async Task AnswerAsync(HttpContext httpContext, Exception exception)
    {
        var request = httpContext.Request;
        var isCommand = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var problem = ProblemMap.Of(exception, isCommand, httpContext.Items[JobItem] as JobId?, httpContext.Items[BatchItem] as BatchId?);
        if (problem.Kind == ProblemKind.InternalError)
            log.UnexpectedFault(exception, request.Method, request.Path);
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            log.Unavailable(exception, problem.Code, request.Method, request.Path);
        await new ProblemResult(problem).ExecuteAsync(httpContext);
    }
}
