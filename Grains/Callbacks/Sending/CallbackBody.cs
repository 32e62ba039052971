using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>The body of a callback, <c>{"job_id","status","completed_at","metadata"}</c>: the same bytes for the same job.</summary>
internal static class CallbackBody
{
    /// <param name="completedAt">Written in UTC with microseconds, which is what the stores keep.</param>
    /// <param name="metadata">The job's metadata as JSON; null or empty: <c>{}</c>.</param>
    /// <remarks>Metadata is written without white space and with its properties in ordinal order: a store may return them in another order
    /// than they came in, and a repeat must not look like another event. Of a repeated property the last counts. Numbers keep their
    /// digits.</remarks>
    public static byte[] Of(string jobId, string status, DateTimeOffset completedAt, string? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + (metadata?.Length ?? 0));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("job_id", jobId);
            json.WriteString("status", status);
            json.WriteString(
                "completed_at", completedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WritePropertyName("metadata");
            using var document = JsonDocument.Parse(string.IsNullOrEmpty(metadata) ? "{}" : metadata);
            Write(json, document.RootElement);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(json, element);
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement element)
    {
        var properties = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
            properties[property.Name] = property.Value;
        json.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteEndObject();
    }
}
