using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>Lets a body through byte by byte.</summary>
internal sealed class TricklingStream(Stream inner, TimeSpan pause, TimeProvider clock, CancellationToken over) : PassingStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var at = 0; at < buffer.Length; at++)
        {
            await Inner.WriteAsync(buffer.Slice(at, 1), over);
            await Inner.FlushAsync(over);
            await Task.Delay(pause, clock, over);
        }
    }
}
