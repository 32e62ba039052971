using System.Text;
using System.Text.Json;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>
/// What metadata, request_config and a metadata patch must be: one JSON object,
/// no name twice, within its size and depth, of text that can be stored.
/// </summary>
internal static class JsonRules
{
    private const string Empty = "{}";
    private const string HalfPair = "contains half of a surrogate pair";

    /// <summary>What is wrong with the text, as the end of a sentence, or null.</summary>
    /// <param name="depth">Levels of nesting, the object itself included.</param>
    public static string? Problem(string json, int bytes, int depth)
    {
        if (json == Empty)
            return null;
        if (Encoding.UTF8.GetByteCount(json) > bytes)
            return $"is larger than {bytes} bytes";
        if (WordRules.TextProblem(json) is { } problem)
            return problem;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? StringProblem(document.RootElement) : "must be a JSON object";
        }
        catch (JsonException malformed)
        {
            return $"is not valid JSON of at most {depth} levels: {malformed.Message}";
        }
        catch (InvalidOperationException)
        {
            // From the search for duplicates, which decodes the names.
            return HalfPair;
        }
    }

    /// <summary>The same for metadata and a patch of them, of which lists ask for one member.</summary>
    public static string? MetadataProblem(string json, JobLimits limits) =>
        Problem(json, limits.MetadataBytes, limits.MetadataDepth) ?? SourceIdProblem(json);

    /// <summary>Lists ask for <c>source_id</c> by its text: one that they could not find is refused.</summary>
    private static string? SourceIdProblem(string metadata)
    {
        if (!metadata.Contains("source_id", StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(metadata);
        return !document.RootElement.TryGetProperty("source_id", out var id) || id.ValueKind is JsonValueKind.Null
            || id is { ValueKind: JsonValueKind.String } && id.GetString() is { Length: > 0 and <= JobJson.SourceIdLength }
                ? null
                : $"source_id must be a string of 1 to {JobJson.SourceIdLength} characters: lists ask for it";
    }

    private static string? StringProblem(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            element.EnumerateObject().Select(property => TextProblem(() => property.Name) ?? StringProblem(property.Value))
                .FirstOrDefault(problem => problem is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(StringProblem).FirstOrDefault(problem => problem is not null),
        JsonValueKind.String => TextProblem(() => element.GetString()!),
        _ => null,
    };

    /// <summary>System.Text.Json refuses to decode half of a surrogate pair.</summary>
    private static string? TextProblem(Func<string> decode)
    {
        try
        {
            return WordRules.TextProblem(decode());
        }
        catch (InvalidOperationException)
        {
            return HalfPair;
        }
    }
}
