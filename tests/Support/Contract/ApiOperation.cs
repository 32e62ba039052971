using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JobTracker.Tests.Support.Contract;

/// <summary>One method of one path of the document.</summary>
internal sealed class ApiOperation
{
    private readonly Regex _path;

    public ApiOperation(string method, string template, JsonNode operation, JsonNode document, ApiSchemas schemas)
    {
        (Method, Template) = (method, template);
        var pattern = Regex.Escape(template).Replace("\\{id}", "(?<id>[^/]+)", StringComparison.Ordinal)
            .Replace("\\{custom_id}", "(?<custom_id>[^/]+)", StringComparison.Ordinal);
        _path = new Regex($"^{pattern}/?$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        Parameters = [.. (operation["parameters"]?.AsArray() ?? []).Select(parameter => new ApiParameter(
            parameter!["in"]!.GetValue<string>(), parameter["name"]!.GetValue<string>(), schemas.Of(parameter["schema"]!)))];
        NeedsBody = operation["requestBody"]?["required"]?.GetValue<bool>() == true;
        Bodies = Contents(operation["requestBody"], schemas);
        Answers = operation["responses"]!.AsObject().ToDictionary(
            answer => int.Parse(answer.Key, System.Globalization.CultureInfo.InvariantCulture), answer =>
                new ApiAnswer(Resolved(answer.Value!, document), schemas));
    }

    public string Method { get; }

    public string Template { get; }

    public IReadOnlyList<ApiParameter> Parameters { get; }

    public bool NeedsBody { get; }

    public IReadOnlyDictionary<string, ApiContent> Bodies { get; }

    public IReadOnlyDictionary<int, ApiAnswer> Answers { get; }

    /// <summary>How many parts of the path are parameters: the operation that has fewer is meant where two fit.</summary>
    public int Openness => Template.Count(letter => letter == '{');

    public bool Fits(string path) => _path.IsMatch(path);

    public override string ToString() => $"{Method} {Template}";

    internal static Dictionary<string, ApiContent> Contents(JsonNode? holder, ApiSchemas schemas) => (holder?["content"]?.AsObject() ?? [])
        .ToDictionary(
        content => content.Key, content => new ApiContent(content.Value!["schema"]!, schemas), StringComparer.OrdinalIgnoreCase);

    private static JsonNode Resolved(JsonNode answer, JsonNode document) => answer["$ref"] is { } reference
        ? document["components"]!["responses"]![reference.GetValue<string>().Split('/')[^1]]!
        : answer;
}

internal sealed record ApiParameter(string In, string Name, ApiSchema Schema);

/// <summary>What may be sent as one media type.</summary>
internal sealed class ApiContent
{
    public ApiContent(JsonNode schema, ApiSchemas schemas)
    {
        Whole = schemas.Of(schema);
        Lines = [.. Whole.Lines.Select(schemas.Of)];
        Line = Lines.Count == 0 ? Whole : schemas.Of(schema["contentSchema"]!);
    }

    public ApiSchema Whole { get; }

    /// <summary>The schemas of the first line and of the others; none where the content is one value.</summary>
    public IReadOnlyList<ApiSchema> Lines { get; }

    /// <summary>What every line or event is one of.</summary>
    public ApiSchema Line { get; }
}

/// <summary>An answer with one status.</summary>
internal sealed class ApiAnswer(JsonNode answer, ApiSchemas schemas)
{
    public IReadOnlyDictionary<string, ApiContent> Bodies { get; } = ApiOperation.Contents(answer, schemas);

    public IReadOnlyList<ApiHeader> Headers { get; } = [.. (answer["headers"]?.AsObject() ?? []).Select(header =>
        new ApiHeader(header.Key, header.Value!["required"]?.GetValue<bool>() == true, schemas.Of(header.Value["schema"]!)))];
}

internal sealed record ApiHeader(string Name, bool IsRequired, ApiSchema Schema);
