namespace JobTracker.Tests.StandIn.Wire;

/// <summary>
/// The text of a generated answer: a greeting, or as many bytes as asked for. The last size is kept, as all lines of a batch have it.
/// </summary>
internal sealed class Padding
{
    private byte[] _last = [];

    public ReadOnlySpan<byte> Of(int bytes)
    {
        if (bytes == 0)
            return "Hello from the stand-in."u8;
        if (_last.Length != bytes)
            Array.Fill(_last = new byte[bytes], (byte)'x');
        return _last;
    }
}
