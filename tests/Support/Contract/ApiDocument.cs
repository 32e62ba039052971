using System.Text.Json.Nodes;

namespace JobTracker.Tests.Support.Contract;

/// <summary>docs/openapi.json, ready to hold requests and answers against.</summary>
internal sealed class ApiDocument
{
    private static readonly Lazy<ApiDocument> FromRepository = new(
        () => new ApiDocument(JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json")))!));

    private ApiDocument(JsonNode document)
    {
        Text = document;
        var schemas = new ApiSchemas(document);
        Operations = [.. document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject()
                .Select(operation => new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!, document, schemas)))
            .OrderBy(operation => operation.Openness)];
        Problem = schemas.Of(new JsonObject { ["$ref"] = "#/components/schemas/Problem" });
    }

    public static ApiDocument Current => FromRepository.Value;

    public JsonNode Text { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>What every error is.</summary>
    public ApiSchema Problem { get; }

    /// <summary>HEAD is GET without the body (RFC 9110, 9.3.2).</summary>
    public ApiOperation? Find(string method, string path) =>
        Operations.FirstOrDefault(operation => operation.Method == (method == "HEAD" ? "GET" : method) && operation.Fits(path));
}
