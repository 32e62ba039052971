using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.Jobs;

/// <summary>
/// JSON as text for a row or a limit: nothing is escaped but what JSON itself asks for (RFC 8259, 7), so that a text takes the room that it had when
/// it came. It is never written into a page, so what only HTML cares about stands as it is.
/// </summary>
internal static class PlainJson
{
    private const int EscapeLength = 6; // \uXXXX

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => Of(writer => node.WriteTo(writer));

    public static string Of(JsonElement element) => Of(element.WriteTo);

    private static string Of(Action<Utf8JsonWriter> write)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, Relaxed)) write(writer);
        var json = Encoding.UTF8.GetString(written.WrittenSpan);
        return json.Contains(@"\u", StringComparison.Ordinal) ? Unescaped(json) : json;
    }

    /// <summary>Even the relaxed encoder escapes what lies outside of the basic plane, such as emoji, and a few more, at up to three times their bytes.</summary>
    private static string Unescaped(string json)
    {
        var plain = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var length = json[at] != '\\' ? 1 : json[at + 1] == 'u' ? EscapeLength : 2;
            var unit = length < EscapeLength ? '\0' : (char)ushort.Parse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (unit >= ' ') plain.Append(unit);
            else plain.Append(json, at, length);
            at += length;
        }
        return plain.ToString();
    }
}
