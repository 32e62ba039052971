using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

public sealed class OpenApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.Stranger();

    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = (await _api.GetAsync("/openapi/v1.json")).Ok().Raw.ReplaceLineEndings("\n").TrimEnd() + "\n";

        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "openapi.json"), served), served);
    }

    [Fact]
    public async Task Every_endpoint_of_the_API_is_described()
    {
        var paths = (await _api.GetAsync("/openapi/v1.json")).Ok().Body.GetProperty("paths");
        var described = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}"));

        Assert.Equal(mapped.Order(), described.Order());
    }

    [Fact]
    public async Task The_page_loads_nothing_from_anywhere_else()
    {
        var page = (await _api.GetAsync("/docs/")).Ok();

        Assert.DoesNotContain("https://", page.Raw);
        Assert.StartsWith("default-src 'self';", page.Header("Content-Security-Policy"));
        Assert.Contains("src=\"scalar.js\"", page.Raw);
        Assert.True((await _api.GetAsync("/docs/scalar.js")).Ok().Raw.Length > 100_000);
    }
}
