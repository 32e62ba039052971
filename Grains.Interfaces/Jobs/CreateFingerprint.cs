using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace JobTracker.Jobs;

/// <summary>
/// What a create asked for, as a hash: two that mean the same have the same one, whatever their spelling, white space or order, and
/// whichever door they came through. By it the service tells whether two creates under one idempotency key ask for the same.
/// </summary>
internal static class CreateFingerprint
{
    /// <summary>SHA-256 in lower-case hexadecimal over the command without its idempotency key.</summary>
    public static string Of(CreateJob command)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(text))
            Write(writer, command);
        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    /// <summary>Whether a stored fingerprint is that of this command, whoever made it and in which version.</summary>
    public static bool Fits(string? stored, CreateJob command) =>
        stored == command.Fingerprint || stored == Of(command) || stored == SpelledFingerprint.Of(command);

    private static void Write(Utf8JsonWriter writer, CreateJob command)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(command.JobType);
        writer.WriteStringValue(command.Status.Word);
        WriteSorted(writer, command.Metadata ?? "{}");
        WriteSorted(writer, command.RequestConfig ?? "null");
        writer.WriteBooleanValue(command.Background);
        writer.WriteStringValue(command.ParentId?.ToString());
        writer.WriteStringValue(command.ExpiresAt?.UtcDateTime.ToString("O"));
        writer.WriteNumberValue(command.Timeout?.Ticks ?? 0);
        writer.WriteNumberValue(command.HeartbeatTimeout?.Ticks ?? 0);
        writer.WriteStringValue(command.CallbackUrl);
        writer.WriteStartArray();
        foreach (var status in command.CallbackEvents?.Order() ?? Enumerable.Empty<JobStatus>())
            writer.WriteStringValue(status.Word);
        writer.WriteEndArray();
        // Of a group alone: the hashes of all others stay what they were.
        if (command.Group is { } group)
            writer.WriteStringValue($"group {group.OnChildFailure.Word}");
        WriteTags(writer, command.Tags ?? []);
        writer.WriteEndArray();
    }

    /// <summary>Without tags nothing, as before there were any: keys that were stored then stay good.</summary>
    private static void WriteTags(Utf8JsonWriter writer, ImmutableArray<string> tags)
    {
        if (tags.IsDefaultOrEmpty)
            return;
        writer.WriteStartArray();
        foreach (var tag in tags.Order(StringComparer.Ordinal))
            writer.WriteStringValue(tag);
        writer.WriteEndArray();
    }

    /// <summary>What is no JSON counts as it is spelled: it is refused elsewhere, in words.</summary>
    private static void WriteSorted(Utf8JsonWriter writer, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
            WriteSorted(writer, document.RootElement);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(json);
        }
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteSorted(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
