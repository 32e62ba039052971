using System.IO.Pipelines;

namespace JobTracker.Gateway.Problems.Server;

/// <summary>
/// A connection's output in which refusals get their problem. Kestrel writes
/// the head of an answer in one piece; everything else passes as it is.
/// </summary>
internal sealed class RefusalWriter(PipeWriter output, HeadReader input, string connectionId) : PipeWriter
{
    private Memory<byte> _piece;

    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    public override long UnflushedBytes => output.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _piece = output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (ServerRefusals.BeginsAnswer(_piece.Span[..bytes]))
        {
            // What does not fit into the piece goes out as Kestrel wrote it; a piece holds 4 KiB.
            if (!input.ReadsHeadRequest && ServerRefusals.Explained(_piece.Span[..bytes], connectionId) is { } whole
                && whole.Length <= _piece.Length)
            {
                whole.CopyTo(_piece);
                bytes = whole.Length;
            }
            input.ReadsHeadRequest = false;
        }
        _piece = _piece[bytes..];
        output.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        output.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        output.WriteAsync(source, cancellationToken);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);
}
