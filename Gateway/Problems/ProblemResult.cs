using System.Globalization;
using System.Text.Json;
using JobTracker.Gateway.Tracing;

namespace JobTracker.Gateway.Problems;

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => problem.Status;

    public Problem Problem => problem;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        // A fault that was thrown on the way took the headers with it.
        response.Headers[RequestId.Header] = httpContext.TraceIdentifier;
        if (problem.Kind.IsFinal)
            response.Headers["x-should-retry"] = "false";
        if (problem.Challenge is { } challenge)
            response.Headers.WWWAuthenticate = challenge;
        if (problem.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var told = problem with { Instance = Echo.Cut(httpContext.Request.Path), TraceId = httpContext.TraceIdentifier };
        if (ProblemPage.IsFor(httpContext.Request))
        {
            await ProblemPage.WriteAsync(response, told);
            return;
        }
        await JsonSerializer.SerializeAsync(response.BodyWriter, told, GatewayJson.Wire.Problem, httpContext.RequestAborted);
    }
}
