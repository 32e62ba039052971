using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobTracker.Tests.Integration.Gateway.Isolation;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

public sealed partial class OpenApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = (await _api.GetAsync("/openapi/v1.json")).Ok().Raw.ReplaceLineEndings("\n").TrimEnd() + "\n";

        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "openapi.json"), served), served);
    }

    [Fact]
    public void The_document_holds_every_route_and_method_and_nothing_else()
    {
        var described = ApiDocument.Current.Operations.Select(operation => operation.ToString());
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(
                method => $"{method} /{Constraint().Replace(route.RoutePattern.RawText!, "}").Trim('/')}") ?? []);

        Assert.Equal(mapped.Where(route => !IsAboutTheDocument(route) && !route.StartsWith("HEAD ", StringComparison.Ordinal)
            && !RoutingTable.IsOfPages(route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..])).Order(), described.Order());
    }

    [Fact]
    public async Task Every_operation_parameter_and_field_says_what_it_is_in_a_users_words()
    {
        var document = (await _api.GetAsync("/openapi/v1.json")).Ok().Body;
        var operations = document.GetProperty("paths")
            .EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value)).ToArray();
        var fields = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .SelectMany(schema => schema.Value.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : []);
        var words = new List<(string What, string? Words)>();
        foreach (var operation in operations)
        {
            words.Add((operation.GetProperty("operationId").GetString()!, Described(operation, "summary")));
            words.AddRange(ParametersOf(operation)
                .Select(parameter => (parameter.GetProperty("name").GetString()!, Described(parameter, "description"))));
        }
        words.AddRange(fields.Select(field => (field.Name, Described(field.Value, "description"))));

        Assert.All(words, word => Assert.False(string.IsNullOrWhiteSpace(word.Words), $"{word.What} says nothing"));
        Assert.All(words, word => Assert.DoesNotMatch(@"<|cref|\(\)|\b(?!KiB|MiB)\w*[a-z][A-Z]|View\b|Body\b", word.Words!));
    }

    [Fact]
    public void Every_name_is_spelled_as_it_is_sent()
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json")))!;
        var names = document["components"]!["schemas"]!.AsObject()
            .SelectMany(schema => schema.Value!["properties"]?.AsObject().Select(property => property.Key) ?? []);

        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9_]*$", name));
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

    private static JsonElement.ArrayEnumerator ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default;

    /// <summary>What a place of a route takes is the document's to say in its own way.</summary>
    [GeneratedRegex(@":[^{}]+}", RegexOptions.None, 1000)]
    private static partial Regex Constraint();

    private static bool IsAboutTheDocument(string route) =>
        route.Contains(" /docs", StringComparison.Ordinal) || route.Contains(" /openapi/", StringComparison.Ordinal)
        || route == "GET /";

    /// <summary>A field that may be null says it in the choice that is not.</summary>
    private static string? Described(JsonElement element, string name)
    {
        if (element.TryGetProperty("oneOf", out var choices))
            element = choices[choices.GetArrayLength() - 1];
        return element.TryGetProperty(name, out var words) ? words.GetString() : null;
    }
}
