using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Recording;

/// <summary>Passes everything through and counts it.</summary>
internal sealed class CountingStream(Stream inner) : PassingStream(inner)
{
    public long Bytes { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken);
        Bytes += read;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Inner.WriteAsync(buffer, cancellationToken);
        Bytes += buffer.Length;
    }
}
