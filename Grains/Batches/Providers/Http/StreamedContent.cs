using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// A request body that is made while it is sent, without a length known before (chunked, RFC 9112, 7.1). A body that was begun is never
/// begun again: .NET repeats a request on a new connection only before its body.
/// </summary>
internal sealed class StreamedContent : HttpContent
{
    private readonly Func<StreamedBody, CancellationToken, Task> _write;
    private readonly long _maxBytes;

    public StreamedContent(string mediaType, long maxBytes, Func<StreamedBody, CancellationToken, Task> write)
    {
        _write = write;
        _maxBytes = maxBytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>Set by the caller before sending: each piece that goes out is progress.</summary>
    public ProgressDeadline? Deadline { get; set; }

    /// <summary>The last byte was handed to the connection. While this is false the other side cannot have a whole request.</summary>
    public bool Finished { get; private set; }

    /// <summary>What the source of the body threw; the connection's own failures are not in here.</summary>
    public Exception? SourceFailure { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 32 * 1024, leaveOpen: true));
        var body = new StreamedBody(pipe, _maxBytes, Deadline);
        try
        {
            await _write(body, cancellationToken);
        }
        catch (Exception failure) when (!body.ConnectionFailed && !cancellationToken.IsCancellationRequested)
        {
            SourceFailure = failure;
            await pipe.CompleteAsync(failure);
            throw;
        }
        await body.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
        Deadline?.Restart();
        Finished = true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
