using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using JobTracker.Batches;
using JobTracker.Batches.Jsonl;

namespace JobTracker.Gateway.Batches;

/// <summary>
/// Reads the JSONL body of a batch create while it arrives: first the create object without items, then one item a line. Of the items it
/// remembers 16 bytes each, to see a custom_id twice; it holds one line. The pipe's own failures come through as they are.
/// </summary>
internal sealed class BatchCreateReader(PipeReader body, int maxItems, int maxLineBytes)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    private readonly JsonlReader _lines = new(body, maxLineBytes);
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>Every line up to the end or the first refusal.</summary>
    public async IAsyncEnumerable<BatchCreateLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await _lines.ReadAsync(cancellation) is not { } first)
        {
            yield return new BatchCreateLine.Refused(1, BatchCreateProblem.Empty, "The body is empty.");
            yield break;
        }
        var result = Check(first) ?? Head(first);
        yield return result;
        while (result is not BatchCreateLine.Refused && await _lines.ReadAsync(cancellation) is { } line)
        {
            result = Check(line) ?? Item(line);
            yield return result;
        }
        if (result is BatchCreateLine.Head) yield return new BatchCreateLine.Refused(first.Number, BatchCreateProblem.Empty, "The batch has no items.");
    }

    private BatchCreateLine.Refused? Check(JsonlLine line)
    {
        if (line.TooLong) return Refuse(line, BatchCreateProblem.LineTooLong, $"The line has {line.Length} bytes; at most {maxLineBytes} are taken.");
        return Utf8.IsValid(line.Bytes.Span) ? null : Refuse(line, BatchCreateProblem.MalformedJson, "The line is not UTF-8.");
    }

    private static BatchCreateLine Head(JsonlLine line)
    {
        try
        {
            var json = new Utf8JsonReader(line.Bytes.Span, Deep);
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
                return Refuse(line, BatchCreateProblem.MalformedHead, "The first line must be the create object.");
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("items"u8)) return Refuse(line, BatchCreateProblem.MalformedHead, "In JSONL the items follow as lines; the first line has no items.");
                json.Read();
                json.Skip();
            }
            json.Read();
            return new BatchCreateLine.Head(line.Bytes);
        }
        catch (JsonException broken)
        {
            return Refuse(line, BatchCreateProblem.MalformedJson, $"The line is not JSON: {broken.Message}");
        }
    }

    private BatchCreateLine Item(JsonlLine line)
    {
        if (_seen.Count == maxItems) return Refuse(line, BatchCreateProblem.TooManyItems, $"A batch takes at most {maxItems} items.");
        var read = BatchCreateItem.Parse(line);
        return read is BatchCreateLine.Item { CustomId: var id } && !_seen.Add(Fingerprint(id))
            ? Refuse(line, BatchCreateProblem.DuplicateCustomId, $"The custom_id '{id}' came before.")
            : read;
    }

    private static BatchCreateLine.Refused Refuse(JsonlLine line, BatchCreateProblem problem, string detail) => new(line.Number, problem, detail);

    /// <summary>Half of a SHA-256: nobody makes two ids meet in it, and 100,000 of them take 4 MB.</summary>
    private static UInt128 Fingerprint(string id)
    {
        Span<byte> text = stackalloc byte[CustomId.MaxLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(id, text)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
