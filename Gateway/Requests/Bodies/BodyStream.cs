namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// A request's body as its sender means it: out of its framing and its coding. What comes out is counted, one byte past the limit is a
/// 413, and whatever is wrong with the framing or the coding is the sender's 400.
/// </summary>
/// <param name="takeRoom">Makes room in memory for so many bytes, before more than a few are read.</param>
internal sealed class BodyStream(Stream inner, bool isCoded, Func<long, ValueTask> takeRoom) : Stream
{
    private long _read;
    private bool _hasRoom;

    /// <summary>Bytes that are taken.</summary>
    public long Limit { get; set; }

    /// <summary>Bytes of it that are in memory at the same time, at most.</summary>
    public long Held { get; set; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read > BodyRoom.Small && !_hasRoom)
        {
            await takeRoom(Math.Min(Limit, Held));
            _hasRoom = true;
        }
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (IsOfTheSender(fault))
        {
            const string Told = "The body is not what its framing or its Content-Encoding says.";
            throw new BadHttpRequestException(Told, StatusCodes.Status400BadRequest, fault);
        }
        _read += read;
        return _read <= Limit ? read : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>
    /// A chunk size that overflows is an IOException of Kestrel; gzip breaks with InvalidData, brotli with InvalidOperation.
    /// </summary>
    private bool IsOfTheSender(Exception fault) => fault switch
    {
        BadHttpRequestException => false,
        IOException or InvalidDataException => true,
        InvalidOperationException => isCoded,
        _ => false,
    };
}
