using System.Net;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Orleans' own dashboard: off, or for admins, with all that belongs to it.</summary>
public sealed class OrleansPagesTests
{
    [Fact]
    public async Task It_is_not_there_unless_it_is_turned_on()
    {
        await using var host = new GatewayHost();
        await host.InitializeAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "/orleans/", "admin"));
    }

    [Fact]
    public async Task All_of_it_is_for_admins_alone()
    {
        await using var host = new GatewayHost(("Cluster:Dashboard", "true"));
        await host.InitializeAsync();
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => route.StartsWith("orleans", StringComparison.Ordinal)).ToList();

        Assert.True(routes.Count > 5, string.Join(", ", routes));
        foreach (var path in routes.Select(route => "/" + Filled(route)))
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(host, path, "jobs:read jobs:write keys:manage")));
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(host, path, scopes: null)));
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/orleans/", "admin"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/orleans/ClusterStats", "admin"));
    }

    /// <summary>A number is a text, too, where a route asks for either.</summary>
    private static string Filled(string route) =>
        string.Join('/', route.Split('/').Select(part => part.StartsWith('{') ? "1" : part));

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost host, string path, string? scopes)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Address + path);
        if (scopes is not null)
        {
            request.Headers.Add(TestCallers.Organization, "org-1");
            request.Headers.Add(TestCallers.User, "engineer");
            request.Headers.Add(TestCallers.Scopes, scopes);
        }
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).Soon();
        return answer.StatusCode;
    }
}
