using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using JobTracker.Gateway.Json;

namespace JobTracker.Gateway.Problems;

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => problem.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        if (problem.Kind.IsFinal)
            response.Headers["x-should-retry"] = "false";
        if (problem.Kind.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var told = problem with { Instance = httpContext.Request.Path, TraceId = TraceIdOf(httpContext) };
        await JsonSerializer.SerializeAsync(response.BodyWriter, told, GatewayJson.Wire.Problem, httpContext.RequestAborted);
    }

    /// <summary>The W3C trace id where the request is traced, else the server's own number for it.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
