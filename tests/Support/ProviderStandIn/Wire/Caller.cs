using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>Who asks, and in which dialect.</summary>
internal static class Caller
{
    /// <summary>The key of <c>x-api-key</c> (Anthropic), <c>Authorization: Bearer</c> (OpenAI, Groq) or <c>api-key</c> (Azure); "" without one.</summary>
    public static string ApiKey(HttpRequest request)
    {
        if (request.Headers["x-api-key"].ToString() is { Length: > 0 } anthropic)
            return anthropic;
        var bearer = request.Headers.Authorization.ToString();
        return bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..].Trim() : request.Headers["api-key"].ToString();
    }

    public static StandInRoute Route(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteMark>()?.Route ?? StandInRoute.Any;

    public static Dialect Dialect(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal) ? Batches.Dialect.Anthropic : Batches.Dialect.OpenAi;
}

/// <summary>Tells the journal and the faults which route an endpoint is.</summary>
internal sealed record RouteMark(StandInRoute Route);
