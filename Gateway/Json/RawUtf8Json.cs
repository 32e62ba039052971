using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobTracker.Gateway.Json;

/// <summary>
/// JSON that is passed on byte by byte. Only written; what is no JSON after all (its sender is not ours) is written as a string.
/// </summary>
[JsonConverter(typeof(RawUtf8JsonConverter))]
internal readonly record struct RawUtf8Json(ReadOnlyMemory<byte> Bytes);

internal sealed class RawUtf8JsonConverter : JsonConverter<RawUtf8Json>
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    public override RawUtf8Json Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A result is written, never read.");

    public override void Write(Utf8JsonWriter writer, RawUtf8Json value, JsonSerializerOptions options)
    {
        if (IsJson(value.Bytes.Span))
            writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
        else
            writer.WriteStringValue(System.Text.Encoding.UTF8.GetString(value.Bytes.Span));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, Deep);
        try
        {
            return json.Read() && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
