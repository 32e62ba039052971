using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using JobTracker.Batches.Jsonl;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>
/// Reads a batch create that came as one JSON object as if it had come as lines; the number of an item is its place in the array, from 0.
/// </summary>
internal static class DocumentReader
{
    public static IEnumerable<BatchPart> Read(JsonElement body, int maxItems, int maxItemBytes)
    {
        var head = Head(body);
        yield return head;
        if (head is BatchPart.Refused)
            yield break;
        var items = new ItemSequence(maxItems, maxItemBytes);
        var number = 0L;
        foreach (var item in body.GetProperty("items"u8).EnumerateArray())
        {
            var bytes = JsonMarshal.GetRawUtf8Value(item).ToArray();
            var line = items.Take(new JsonlLine(number++, bytes, bytes.Length, Terminated: true, TooLong: false));
            yield return line;
            if (line is BatchPart.Refused)
                yield break;
        }
    }

    /// <summary>The object without its items, as it is spelled.</summary>
    private static BatchPart Head(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Refuse("$ must be an object");
        var head = new ArrayBufferWriter<byte>();
        var items = 0;
        foreach (var property in body.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (name.SequenceEqual("items"u8))
            {
                if (property.Value.ValueKind is not JsonValueKind.Array || items++ > 0)
                    return Refuse("$.items must be one array");
                if (property.Value.GetArrayLength() == 0)
                    return new BatchPart.Refused(BatchPart.Whole, PartFlaw.Empty, "The batch has no items.");
                continue;
            }
            head.Write(head.WrittenCount == 0 ? "{\""u8 : ",\""u8);
            head.Write(name);
            head.Write("\":"u8);
            head.Write(JsonMarshal.GetRawUtf8Value(property.Value));
        }
        head.Write(head.WrittenCount == 0 ? "{}"u8 : "}"u8);
        return items == 0 ? Refuse("$.items is required") : new BatchPart.Head(head.WrittenMemory);
    }

    private static BatchPart.Refused Refuse(string detail) => new(BatchPart.Whole, PartFlaw.MalformedHead, detail);
}
