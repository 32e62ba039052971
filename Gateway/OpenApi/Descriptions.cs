using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.OpenApi;

/// <summary>What the OpenAPI document tells about an endpoint beyond its types.</summary>
internal static class Descriptions
{
    public static RouteHandlerBuilder Describes(this RouteHandlerBuilder route, string operation, string summary) => route.WithName(operation).WithSummary(summary);

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder route, string name, string meaning) =>
        route.WithMetadata(new ParameterNote("query", name, meaning));

    public static RouteHandlerBuilder Header(this RouteHandlerBuilder route, string name, string meaning) =>
        route.WithMetadata(new ParameterNote("header", name, meaning));

    public static RouteHandlerBuilder IsDeprecated(this RouteHandlerBuilder route) => route.WithMetadata(new ObsoleteAttribute());

    /// <summary>The error statuses besides 401, 403 and 500, which every endpoint may answer.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, "application/problem+json");
        return route;
    }
}

/// <summary>A parameter that a handler reads by itself.</summary>
internal sealed record ParameterNote(string In, string Name, string Meaning);
