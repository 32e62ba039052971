using Microsoft.AspNetCore.Routing.Matching;

namespace JobTracker.Gateway.Methods;

/// <summary>
/// A place in a path that takes any text but some words, which are paths of their own beside it: <c>GET /v1/jobs/bulk</c> is a method that
/// this path does not allow (405), and no job of the name "bulk".
/// </summary>
/// <param name="words">Separated by commas.</param>
internal sealed class OtherThan(string words) : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    /// <summary>How a route names it, as in <c>{id:otherthan(bulk)}</c>.</summary>
    public const string Name = "otherthan";

    private readonly string[] _words = words.Split(',');

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values[routeKey] is not string text || MatchesLiteral(routeKey, text);
    }

    /// <summary>Asked once for each such path when the routes are built: so the one beside it is all that stands there.</summary>
    public bool MatchesLiteral(string parameterName, string literal) => !_words.Contains(literal, StringComparer.OrdinalIgnoreCase);
}
