using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.OpenApi;

/// <summary>What the OpenAPI document tells about an endpoint beyond its types, in the words of the API's users.</summary>
internal static class Descriptions
{
    private const string ProblemJson = "application/problem+json";

    public static RouteHandlerBuilder Describes(this RouteHandlerBuilder route, string operation, string summary) =>
        route.WithName(operation).WithSummary(summary);

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder route, params IEnumerable<ParameterNote> parameters) =>
        route.WithMetadata([.. parameters]);

    /// <summary>A header of the request that a handler reads by itself.</summary>
    public static RouteHandlerBuilder Header(this RouteHandlerBuilder route, ParameterNote header) =>
        route.WithMetadata(header with { IsHeader = true });

    /// <summary>A header of the answer with this status; one that is there every time unless it <paramref name="mayMiss"/>.</summary>
    public static RouteHandlerBuilder Sends(
        this RouteHandlerBuilder route, int status, string header, string meaning, bool mayMiss = false) =>
        route.WithMetadata(new HeaderNote(status, header, meaning, !mayMiss));

    /// <summary>
    /// An answer that is lines or events, each of which is a JSON text of either type, or text of <paramref name="others"/>.
    /// </summary>
    public static RouteHandlerBuilder Streams<T, TOther>(this RouteHandlerBuilder route, string mediaType, params string[] others) =>
        route.Produces<string>(StatusCodes.Status200OK, mediaType, others)
            .WithMetadata(new LinesNote(mediaType, [typeof(T), typeof(TOther)]));

    /// <summary>A body that is lines: one JSON text of the first type, then any number of the second.</summary>
    public static RouteHandlerBuilder AcceptsLines<TFirst, TRest>(this RouteHandlerBuilder route, params IEnumerable<string> mediaTypes) =>
        route.WithMetadata([.. mediaTypes.Select(type => new LinesNote(type, [typeof(TFirst), typeof(TRest)]))]);

    public static RouteHandlerBuilder IsDeprecated(this RouteHandlerBuilder route) => route.WithMetadata(new ObsoleteAttribute());

    /// <summary>The error statuses besides those that every endpoint may answer (<see cref="CommonProblems"/>).</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, ProblemJson);
        return route;
    }
}

/// <summary>A header of an answer.</summary>
internal sealed record HeaderNote(int Status, string Name, string Meaning, bool IsRequired);

/// <summary>A media type that is lines, or events, of JSON.</summary>
internal sealed record LinesNote(string MediaType, Type[] Lines);
