namespace JobTracker.Tests.Unit.Batches;

/// <summary>A text that arrives in pieces of given sizes, over and over.</summary>
internal sealed class ChunkedStream(byte[] text, IReadOnlyList<int> sizes) : MemoryStream(text)
{
    private int _reads;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var size = Math.Min(buffer.Length, sizes[_reads++ % sizes.Count]);
        return base.ReadAsync(buffer[..size], cancellationToken);
    }
}
