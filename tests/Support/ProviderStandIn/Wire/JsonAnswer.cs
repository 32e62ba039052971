using System.Text.Json.Nodes;

namespace JobTracker.Tests.StandIn.Wire;

internal sealed record JsonAnswer(JsonNode Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.WriteAsync(Body.ToJsonString(), httpContext.RequestAborted);
    }
}
