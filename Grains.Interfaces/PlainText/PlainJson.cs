using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobTracker.PlainText;

/// <summary>JSON as text for a row or a limit: a text takes the room that it had when it came. It is never written into a page.</summary>
internal static class PlainJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainJsonEncoder.Instance };

    public static string Of(JsonNode node) => Of(writer => node.WriteTo(writer));

    public static string Of(JsonElement element) => Of(element.WriteTo);

    private static string Of(Action<Utf8JsonWriter> write)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, Plain))
            write(writer);
        return Encoding.UTF8.GetString(written.WrittenSpan);
    }
}
