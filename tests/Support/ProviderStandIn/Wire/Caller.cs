using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>Who asks, and in which dialect.</summary>
internal static class Caller
{
    private const string Bearer = "Bearer ";

    private static readonly string[] KeyHeaders = ["x-api-key", "authorization", "api-key"];

    /// <summary>
    /// The key of <c>x-api-key</c> (Anthropic), <c>Authorization: Bearer</c> (OpenAI,
    /// Groq, and Anthropic's SDK for .NET) or <c>api-key</c> (Azure); "" without one.
    /// </summary>
    public static string ApiKey(HttpRequest request)
    {
        var value = request.Headers[KeyHeader(request)].ToString();
        return value.StartsWith(Bearer, StringComparison.Ordinal) ? value[Bearer.Length..].Trim() : value;
    }

    /// <summary>The header that carried the key; "" without one.</summary>
    public static string KeyHeader(HttpRequest request) => KeyHeaders.FirstOrDefault(name => request.Headers[name].Count > 0, "");

    public static StandInRoute Route(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteMark>()?.Route ?? StandInRoute.Any;

    public static Dialect Dialect(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal)
            ? Batches.Dialect.Anthropic
            : Batches.Dialect.OpenAi;
}

/// <summary>Tells the journal and the faults which route an endpoint is.</summary>
internal sealed record RouteMark(StandInRoute Route);
