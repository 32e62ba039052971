using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Writes JSON that a schema of the document allows, but for the place or two where a hostile value is put.</summary>
internal sealed class ValueMaker(JsonNode document, KnownIds known, Random random)
{
    private const int MostEntries = 3;

    /// <summary>A text of the schema; at any node of it a hostile value may stand instead.</summary>
    public string Make(JsonNode schema, FuzzClass kind, int depth = 0, string name = "")
    {
        if (kind is not (FuzzClass.Valid or FuzzClass.Bytes or FuzzClass.Duplicates) && depth > 0 && random.Next(4) == 0)
            return Hostile.Value(kind, random);
        var resolved = Resolve(schema);
        if (resolved["enum"] is JsonArray words)
            return words[random.Next(words.Count)]!.ToJsonString();
        return TypeOf(resolved) switch
        {
            "object" => Object(resolved, kind, depth),
            "array" =>
                "[" + string.Join(',', Enumerable.Range(0, random.Next(1, MostEntries))
                    .Select(_ => Make(resolved["items"] ?? new JsonObject(), kind, depth + 1))) + "]",
            "integer" => random.Next(Least(resolved), Least(resolved) + 100).ToString(CultureInfo.InvariantCulture),
            "number" => "0.01",
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "string" => JsonValue.Create(Text(resolved, name)).ToJsonString(),
            _ => "null",
        };
    }

    /// <summary>A text of a schema of strings, as a parameter has it.</summary>
    public string Text(JsonNode schema, string name)
    {
        var resolved = Resolve(schema);
        var pattern = resolved["pattern"]?.GetValue<string>() ?? "";
        if (pattern.StartsWith("^job-", StringComparison.Ordinal))
            return known.Job(random);
        if (pattern.StartsWith("^batch-", StringComparison.Ordinal))
            return known.Batch(random);
        if (pattern.StartsWith("^operation-", StringComparison.Ordinal))
            return known.Operation(random);
        if (name == "organization_id")
            return known.Organization(random);
        return resolved["format"]?.GetValue<string>() switch
        {
            "date-time" => string.Create(CultureInfo.InvariantCulture, $"2030-01-{random.Next(10, 28)}T12:00:00Z"),
            "uri" => "https://receiver.invalid/hook",
            _ => pattern.Length > 0 ? $"word{random.Next(20)}" : Hostile.Pick(["claude", "claude", "job", "a"], random),
        };
    }

    private string Object(JsonNode schema, FuzzClass kind, int depth)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var fields = (schema["properties"]?.AsObject() ?? []).Where(field => required.Contains(field.Key) || random.Next(3) == 0).ToArray();
        if (fields.Length == 0 && schema["properties"] is null)
            return kind == FuzzClass.Valid ? """{"source_id":"s","n":1}""" : Hostile.Value(kind, random);
        var text = new StringBuilder("{");
        foreach (var field in fields)
            Add(text, field.Key, Make(field.Value!, kind, depth + 1, field.Key));
        if (kind == FuzzClass.Duplicates && fields.Length > 0)
            Add(text, Hostile.Pick(fields, random).Key, Hostile.Value(random.Next(2) == 0 ? FuzzClass.Types : kind, random));
        if (kind is not (FuzzClass.Valid or FuzzClass.Bytes) && random.Next(12) == 0)
            text.Append(text.Length > 1 ? "," : "")
                .Append(Hostile.Pick(["\"\\ud800\":1", "\"unknown\":1", "\"\":1", "\"\\u0000\":{}"], random));
        return text.Append('}').ToString();
    }

    private static void Add(StringBuilder text, string name, string value) =>
        text.Append(text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":").Append(value);

    private JsonNode Resolve(JsonNode schema)
    {
        if (schema["oneOf"] is JsonArray choices && schema["properties"] is null)
            return Resolve(choices[choices.Count - 1]!);
        return schema["$ref"] is { } reference
            ? Resolve(document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!)
            : schema;
    }

    /// <summary>Of a type or null, the type.</summary>
    private static string? TypeOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => type!.GetValue<string>()).FirstOrDefault(type => type != "null"),
        { } type => type.GetValue<string>(),
        null => null,
    };

    private static int Least(JsonNode schema) => schema["minimum"] is { } least ? (int)least.GetValue<double>() : 0;
}
