using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>The body would be larger than the provider takes. It is cut off on the wire, so nothing can have been created.</summary>
internal sealed class BodyTooLargeException(
    long maxBytes) : Exception($"The batch is larger than the {maxBytes} bytes its provider takes.");

/// <summary>Where a body is written, a few KiB at a time.</summary>
internal sealed class StreamedBody(PipeWriter pipe, long maxBytes, ProgressDeadline? deadline)
{
    private const int FlushAt = 64 * 1024;

    private long _written;

    public bool ConnectionFailed { get; private set; }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        _written += utf8.Length;
        if (_written > maxBytes)
            throw new BodyTooLargeException(maxBytes);
        pipe.Write(utf8);
    }

    /// <summary>Writes text as a JSON string, quotes included.</summary>
    public void WriteString(string text)
    {
        Write("\""u8);
        Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        Write("\""u8);
    }

    /// <summary>
    /// Writes a valid JSON value on one line: outside of strings a line end is blank space, and inside of them it cannot stand.
    /// </summary>
    public void WriteOnOneLine(ReadOnlySpan<byte> json)
    {
        while (json.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var at)
        {
            Write(json[..at]);
            Write(" "u8);
            json = json[(at + 1)..];
        }
        Write(json);
    }

    /// <summary>Sends what has gathered, if it is enough to be worth a packet.</summary>
    public ValueTask FlushSometimesAsync(CancellationToken cancellation) =>
        pipe.UnflushedBytes < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellation);

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        var bytes = pipe.UnflushedBytes;
        try
        {
            await pipe.FlushAsync(cancellation);
            deadline?.Progress(bytes);
        }
        catch
        {
            ConnectionFailed = true;
            throw;
        }
    }
}
