using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JobTracker.Batches;

/// <summary>
/// What a create asked for, as a hash that grows with its items: the same over HTTP, as an array or as lines, and from the client. Metadata
/// and params count as they are spelled.
/// </summary>
internal sealed class BatchFingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public BatchFingerprint(BeginBatch command)
    {
        Add("create", command.Provider, command.Endpoint, command.Metadata ?? "{}", command.CallbackUrl);
        Add(command.CallbackEvents is { } events ? string.Join(',', events.Order()) : null);
    }

    private BatchFingerprint(AdoptBatch command)
    {
        Add("adopt", command.Provider, command.ProviderBatchId, command.Metadata ?? "{}", command.CallbackUrl);
        Add(command.CallbackEvents is { } events ? string.Join(',', events.Order()) : null);
    }

    /// <summary>Of an adoption, which has no items.</summary>
    public static string Of(AdoptBatch command)
    {
        using var hash = new BatchFingerprint(command);
        return hash.Text();
    }

    public void Add(NewItem item)
    {
        Add(item.CustomId, item.JobId?.ToString());
        Add(item.Params);
    }

    /// <summary>Lower-case hexadecimal; begins anew afterwards.</summary>
    public string Text() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            Add(text is null ? null : Encoding.UTF8.GetBytes(text));
    }

    /// <summary>With its length before it, so that no two sequences of parts read alike; null is no empty text.</summary>
    private void Add(byte[]? part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part?.Length ?? -1);
        _hash.AppendData(length);
        _hash.AppendData(part ?? []);
    }
}
