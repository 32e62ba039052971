using System.IO.Pipelines;

namespace JobTracker.Gateway.Problems.Server;

/// <summary>
/// A connection's input that remembers whether a HEAD is being read: what is refused of it must have no body (RFC 9110, 9.3.2).
/// </summary>
internal sealed class HeadReader(PipeReader input) : PipeReader
{
    private static ReadOnlySpan<byte> Method => "HEAD "u8;

    /// <summary>Until the answer has left, and is cleared by whoever writes it.</summary>
    public bool ReadsHeadRequest { get; set; }

    public override bool TryRead(out ReadResult result)
    {
        var hasRead = input.TryRead(out result);
        if (hasRead)
            Look(result);
        return hasRead;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await input.ReadAsync(cancellationToken);
        Look(result);
        return result;
    }

    public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => input.CompleteAsync(exception);

    private void Look(ReadResult result) => ReadsHeadRequest |= result.Buffer.FirstSpan.StartsWith(Method);
}
