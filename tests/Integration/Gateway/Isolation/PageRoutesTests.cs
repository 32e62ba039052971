using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>What is served of the pages, as the routing table has it: nothing of anybody's without a session.</summary>
public sealed class PageRoutesTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    /// <summary>Where nobody is signed in yet, and what has nothing of anybody in it.</summary>
    private static readonly string[] Open =
    [
        "/ui/assets/{hash}/{name}", "/ui/settings", "/ui/login", "/ui/login/oidc", "/ui/logout", "/ui/login/callback",
        "/_framework/opaque-redirect",
    ];

    [Fact]
    public void Every_page_and_socket_needs_somebody_who_is_signed_in()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => (Pattern: "/" + route.RoutePattern.RawText!.Trim('/'), route.Metadata))
            .Where(route => RoutingTable.IsOfPages(route.Pattern)).ToList();
        Assert.True(routes.Count > 15, $"{routes.Count} routes");
        Assert.All(routes, route => Assert.True(
            Open.Contains(route.Pattern)
                || (route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0),
            route.Pattern));
    }
}
