using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Batches.Jsonl;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>Reads one item line: <c>{"custom_id", "params", "job_id"}</c>, in any order, and nothing else.</summary>
internal static class ItemReader
{
    private const int MaxJobIdLength = 64;
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    public static BatchPart Parse(JsonlLine line)
    {
        try
        {
            return Read(line);
        }
        catch (JsonException broken)
        {
            return Refuse(line, PartFlaw.MalformedJson, $"It is not JSON: {BrokenJson.Describe(broken)}.");
        }
    }

    private static BatchPart Read(JsonlLine line)
    {
        var json = new Utf8JsonReader(line.Bytes.Span, Deep);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            return Refuse(line, PartFlaw.MalformedJson, "An item must be a JSON object.");
        string? customId = null, jobId = null;
        ReadOnlyMemory<byte>? parameters = null;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("custom_id"u8))
                customId = Text(ref json) ?? "";
            else if (json.ValueTextEquals("params"u8))
                parameters = Object(ref json, line.Bytes);
            else if (!json.ValueTextEquals("job_id"u8))
                return Refuse(line, PartFlaw.UnknownField, "An item has custom_id, params and job_id alone.");
            else if (!TryReadJobId(ref json, out jobId))
                return Refuse(
                    line, PartFlaw.MalformedJobId, $"job_id must be a text of at most {MaxJobIdLength} characters, or null.");
        }
        json.Read(); // anything behind the object is an error

        if (!CustomId.IsWellFormed(customId))
            return Refuse(line, PartFlaw.MalformedCustomId, "custom_id must match [A-Za-z0-9_-]{1,64}.");
        return parameters is { } given
            ? new BatchPart.Item(line.Number, customId!, given, jobId)
            : Refuse(line, PartFlaw.MalformedParameters, "params must be a JSON object.");
    }

    private static bool TryReadJobId(ref Utf8JsonReader json, out string? jobId)
    {
        jobId = Text(ref json);
        return json.TokenType is JsonTokenType.Null || jobId is { Length: > 0 and <= MaxJobIdLength };
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is not JsonTokenType.String)
            json.Skip();
        return json.TokenType is JsonTokenType.String ? json.GetString() : null;
    }

    private static ReadOnlyMemory<byte>? Object(ref Utf8JsonReader json, ReadOnlyMemory<byte> line)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        var isObject = json.TokenType is JsonTokenType.StartObject;
        json.Skip();
        if (!isObject)
            return null; // not by ?:, which would take null for an empty memory
        return line[start..(int)json.BytesConsumed];
    }

    private static BatchPart.Refused Refuse(JsonlLine line, PartFlaw problem, string detail) =>
        new(line.Number, problem, detail);
}
