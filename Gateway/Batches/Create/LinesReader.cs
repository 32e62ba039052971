using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JobTracker.Batches.Jsonl;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>
/// Reads the JSONL body of a batch create while it arrives: first the create object without items, then one item a line. It
/// holds one line. The pipe's own failures come through as they are.
/// </summary>
internal sealed class LinesReader(PipeReader body, int maxItems, int maxLineBytes)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    private readonly JsonlReader _lines = new(body, maxLineBytes);
    private readonly ItemSequence _items = new(maxItems, maxLineBytes);

    /// <summary>Every line up to the end or the first refusal.</summary>
    public async IAsyncEnumerable<BatchPart> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await _lines.ReadAsync(cancellation) is not { } first)
        {
            yield return new BatchPart.Refused(1, PartFlaw.Empty, "The body is empty.");
            yield break;
        }
        var result = ItemSequence.Check(first, maxLineBytes) ?? Head(first);
        yield return result;
        while (result is not BatchPart.Refused && await _lines.ReadAsync(cancellation) is { } line)
        {
            result = _items.Take(line);
            yield return result;
        }
        if (result is BatchPart.Head)
            yield return new BatchPart.Refused(first.Number, PartFlaw.Empty, "The batch has no items.");
    }

    private static BatchPart Head(JsonlLine line)
    {
        try
        {
            var json = new Utf8JsonReader(line.Bytes.Span, Deep);
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
                return Refuse(line, PartFlaw.MalformedHead, "The first line must be the create object.");
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("items"u8))
                    return Refuse(
                        line, PartFlaw.MalformedHead, "In JSONL the items follow as lines; the first line has no items.");
                json.Read();
                json.Skip();
            }
            json.Read();
            return new BatchPart.Head(line.Bytes);
        }
        catch (JsonException broken)
        {
            return Refuse(line, PartFlaw.MalformedJson, $"It is not JSON: {BrokenJson.Describe(broken)}.");
        }
    }

    private static BatchPart.Refused Refuse(JsonlLine line, PartFlaw problem, string detail) =>
        new(line.Number, problem, detail);
}
