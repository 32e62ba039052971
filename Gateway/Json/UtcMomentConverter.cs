using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobTracker.Gateway.Json;

/// <summary>A timestamp on the wire: UTC with <c>Z</c>, microseconds at most, no trailing zeros.</summary>
internal sealed class UtcMomentConverter : JsonConverter<DateTimeOffset>
{
    private const int LongestText = 27;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryParse(reader.GetString() ?? "", out var moment) ? moment : throw new JsonException("Expected an RFC 3339 timestamp.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[LongestText];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
