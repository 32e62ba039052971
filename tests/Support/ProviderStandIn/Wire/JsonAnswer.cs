using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.Tests.StandIn.Wire;

internal sealed record JsonAnswer(JsonNode Body) : IResult
{
    // The providers write "+" as it is, not as \u002B.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        return httpContext.Response.WriteAsync(Body.ToJsonString(Plain), httpContext.RequestAborted);
    }
}
