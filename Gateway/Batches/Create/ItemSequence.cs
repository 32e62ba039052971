using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobTracker.Batches;
using JobTracker.Batches.Jsonl;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>The items of one create, as they come. Of each it remembers 16 bytes, to see a custom_id twice.</summary>
internal sealed class ItemSequence(int maxItems, int maxBytes)
{
    private readonly HashSet<UInt128> _seen = [];

    /// <summary>What is wrong with a line whatever stands in it.</summary>
    public static BatchPart.Refused? Check(JsonlLine line, int maxBytes)
    {
        if (line.TooLong || line.Length > maxBytes)
            return Refuse(line, PartFlaw.LineTooLong, $"It has {line.Length} bytes; at most {maxBytes} are taken.");
        return JsonText.Flaw(line.Bytes.Span) is { } flaw ? Refuse(line, PartFlaw.MalformedJson, flaw) : null;
    }

    /// <summary>The item of this line, or why it is refused.</summary>
    public BatchPart Take(JsonlLine line)
    {
        if (Check(line, maxBytes) is { } wrong)
            return wrong;
        if (_seen.Count == maxItems)
            return PastLimit(line.Number, maxItems);
        var read = ItemReader.Parse(line);
        return read is BatchPart.Item { CustomId: var id } && !_seen.Add(Fingerprint(id))
            ? Refuse(line, PartFlaw.DuplicateCustomId, $"The custom_id '{id}' came before.")
            : read;
    }

    /// <summary>The first item that is one too many.</summary>
    public static BatchPart.Refused PastLimit(long line, long limit) =>
        new(line, PartFlaw.TooManyItems,
            $"The batch takes at most {limit.ToString(CultureInfo.InvariantCulture)} items.")
        { Limit = limit };

    private static BatchPart.Refused Refuse(JsonlLine line, PartFlaw problem, string detail) =>
        new(line.Number, problem, detail);

    /// <summary>Half of a SHA-256: nobody makes two ids meet in it, and 100,000 of them take 4 MB.</summary>
    private static UInt128 Fingerprint(string id)
    {
        Span<byte> text = stackalloc byte[CustomId.MaxLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(id, text)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
