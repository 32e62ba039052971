using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace JobTracker.Tests.Support.Contract;

/// <summary>Compiles the schemas of the document, each of them once.</summary>
internal sealed class ApiSchemas
{
    private const string Root = "https://jobtracker.test/api";
    private readonly BuildOptions _building = new() { SchemaRegistry = new SchemaRegistry() };
    private int _built;

    /// <summary>
    /// An answer may hold no field that its schema does not name, which the document leaves open for the fields of later versions.
    /// </summary>
    public ApiSchemas(JsonNode document)
    {
        var definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (_, definition) in definitions)
        {
            if (definition!["properties"] is not null && definition["additionalProperties"] is null)
                definition["additionalProperties"] = false;
        }
        Build(new JsonObject { ["$id"] = Root, ["$defs"] = definitions });
    }

    public ApiSchema Of(JsonNode schema) =>
        new(Build(new JsonObject { ["$id"] = $"{Root}/{_built++}", ["allOf"] = new JsonArray(schema.DeepClone()) }), schema);

    private JsonSchema Build(JsonObject schema) =>
        JsonSchema.FromText(schema.ToJsonString().Replace("#/components/schemas/", $"{Root}#/$defs/", StringComparison.Ordinal), _building);
}

/// <summary>One schema of the document.</summary>
internal sealed class ApiSchema(JsonSchema compiled, JsonNode text)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };
    private static readonly EvaluationOptions Quick = new() { OutputFormat = OutputFormat.Flag };
    private static readonly EvaluationOptions Telling = new() { OutputFormat = OutputFormat.List };

    /// <summary>The schemas of the lines or events that a string holds; none for any other schema.</summary>
    public IReadOnlyList<JsonNode> Lines => [.. text["contentSchema"]?["anyOf"]?.AsArray().OfType<JsonNode>() ?? []];

    public bool IsArray => text["type"]?.GetValueKind() == JsonValueKind.String && text["type"]!.GetValue<string>() == "array";

    /// <summary>What is wrong with a JSON text; null where nothing is.</summary>
    public string? Fault(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            return Fault(document.RootElement);
        }
        catch (JsonException fault)
        {
            return fault.Message;
        }
    }

    public string? Fault(JsonElement value)
    {
        if (compiled.Evaluate(value, Quick).IsValid)
            return null;
        var told = compiled.Evaluate(value, Telling);
        return string.Join("; ", (told.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation}: {error}")).Take(5));
    }

    /// <summary>
    /// What is wrong with a parameter or a header, which is text: read as a number or a flag where the schema asks for one.
    /// </summary>
    public string? FaultOfText(string text)
    {
        var values = IsArray ? text.Split(',') : [text];
        JsonNode[] nodes = [.. values.Select(value => JsonNode(value))];
        return Fault(JsonSerializer.SerializeToElement(IsArray ? new JsonArray(nodes) : nodes[0]));
    }

    private JsonNode JsonNode(string value)
    {
        var kind = (IsArray ? text["items"] : text)?["type"]?.GetValue<string>();
        try
        {
            return kind is "integer" or "number" or "boolean"
                ? System.Text.Json.Nodes.JsonNode.Parse(value.ToLowerInvariant())!
                : JsonValue.Create(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
