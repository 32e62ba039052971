using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>One endpoint of a running gateway, by its method.</summary>
/// <param name="Name">Method and pattern, as <see cref="RouteCase.All"/> has it.</param>
/// <param name="Pattern">Its path, with each parameter as its name in braces.</param>
internal sealed record Route(string Name, HttpMethod Method, string Pattern, EndpointMetadataCollection Metadata)
{
    /// <summary>What the table says of it.</summary>
    public RouteCase Case => RouteCase.All[Name];

    /// <summary>Its path with these ids; what they do not name is filled with something.</summary>
    public string Path(Named ids) => Fill(ids.Of(Case.Id ?? "organization"));

    private string Fill(string id) => Pattern.Replace("{id}", id, StringComparison.Ordinal)
        .Replace("{custom_id}", "a", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal);
}

/// <summary>The routing table of a running gateway.</summary>
internal static partial class RoutingTable
{
    public static IReadOnlyList<Route> Of(IServiceProvider services) =>
    [
        .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = Pattern(endpoint.RoutePattern.RawText!)
           where !IsOfPages(pattern)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]
           select new Route($"{(method == "HEAD" ? "GET" : method)} {pattern}", new HttpMethod(method), pattern, endpoint.Metadata),
    ];

    /// <summary>Pages have sessions and no credentials in a header: what holds for them is asked by <see cref="PageRoutesTests"/>.</summary>
    public static bool IsOfPages(string pattern) => pattern is "/ui" or "/_blazor"
        || pattern.StartsWith("/ui/", StringComparison.Ordinal) || pattern.StartsWith("/_blazor/", StringComparison.Ordinal)
        || pattern.StartsWith("/_framework/", StringComparison.Ordinal);

    private static string Pattern(string text) => "/" + Constraint().Replace(text, "{${name}}").Trim('/');

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}

/// <summary>Ids by their kinds: what belongs to another organization, or what is nobody's.</summary>
internal sealed record Named(IReadOnlyDictionary<string, string> Ids)
{
    public string Of(string kind) => Ids[kind];

    public string Fill(string text) =>
        Ids.Aggregate(text, (filled, id) => filled.Replace($"<{id.Key}>", id.Value, StringComparison.Ordinal));

    /// <summary>The text without them: what is left must be the same whatever they are.</summary>
    public string Strip(string text) =>
        Ids.Aggregate(text, (stripped, id) => stripped.Replace(id.Value, $"<{id.Key}>", StringComparison.Ordinal));

    /// <summary>Beside each of these, so that a cursor leads to the same place; and there is nothing.</summary>
    public Named Missing() => new(Ids.ToDictionary(id => id.Key, id => id.Value[..^1] + (id.Value[^1] == '0' ? '1' : '0')));
}
