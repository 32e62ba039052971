using System.Buffers;
using System.IO.Pipelines;

namespace JobTracker.Batches.Jsonl;

/// <summary>
/// Splits a byte stream into lines while it arrives: LF or CRLF, a UTF-8 byte order mark at the start is dropped, blank lines are
/// counted and passed over. Holds one line and one read at most; a line above <paramref name="maxLineBytes"/> is reported, not kept.
/// It does not complete the pipe.
/// </summary>
internal sealed class JsonlReader(PipeReader pipe, int maxLineBytes)
{
    /// <summary>How much of a line that is too long is kept for a human to look at.</summary>
    public const int KeptOfTooLong = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private long _number;
    private bool _pastMark;

    /// <summary>The next line that is not blank, or null at the end.</summary>
    public async ValueTask<JsonlLine?> ReadAsync(CancellationToken cancellation)
    {
        while (await NextAsync(keep: true, cancellation) is { } line)
        {
            if (line.TooLong || !IsBlank(line.Bytes.Span))
                return line;
        }
        return null;
    }

    /// <summary>
    /// Passes over lines up to and including number <paramref name="line"/>, without keeping them. False when the text ends before.
    /// </summary>
    public async ValueTask<bool> SkipToAsync(long line, CancellationToken cancellation)
    {
        while (_number < line)
        {
            if (await NextAsync(keep: false, cancellation) is null)
                return false;
        }
        return true;
    }

    private async ValueTask<JsonlLine?> NextAsync(bool keep, CancellationToken cancellation)
    {
        long searched = 0;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            if (read.IsCanceled)
                throw new OperationCanceledException("The reading of the lines was cancelled.");
            var buffer = read.Buffer;
            if (!TryPassMark(ref buffer, read.IsCompleted))
                continue;

            if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                var line = Take(buffer.Slice(0, end), terminated: true, keep);
                var next = buffer.GetPosition(1, end);
                pipe.AdvanceTo(next, next);
                return line;
            }
            if (read.IsCompleted)
            {
                JsonlLine? line = buffer.IsEmpty ? null : Take(buffer, terminated: false, keep);
                pipe.AdvanceTo(buffer.End);
                return line;
            }
            if (!keep || buffer.Length > maxLineBytes + 1L)
                return await DropAsync(buffer, cancellation);

            searched = buffer.Length;
            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private JsonlLine Take(ReadOnlySequence<byte> line, bool terminated, bool keep)
    {
        if (terminated && line.Length > 0 && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r')
            line = line.Slice(0, line.Length - 1);
        var tooLong = line.Length > maxLineBytes;
        var kept = line.Slice(0, !keep ? 0 : tooLong ? Math.Min(line.Length, KeptOfTooLong) : line.Length);
        return new JsonlLine(++_number, kept.ToArray(), line.Length, terminated, tooLong);
    }

    private async ValueTask<JsonlLine> DropAsync(ReadOnlySequence<byte> buffer, CancellationToken cancellation)
    {
        var head = buffer.Slice(0, Math.Min(buffer.Length, KeptOfTooLong)).ToArray();
        long length = 0;
        while (true)
        {
            var end = buffer.PositionOf((byte)'\n');
            length += end is { } newline ? buffer.Slice(0, newline).Length : buffer.Length;
            var next = end is { } at ? buffer.GetPosition(1, at) : buffer.End;
            pipe.AdvanceTo(next, next);
            if (end is not null)
                return new JsonlLine(++_number, head, length, Terminated: true, length > maxLineBytes);

            var read = await pipe.ReadAsync(cancellation);
            if (read.IsCanceled)
                throw new OperationCanceledException("The reading of the lines was cancelled.");
            buffer = read.Buffer;
            if (!read.IsCompleted || !buffer.IsEmpty)
                continue;
            pipe.AdvanceTo(buffer.End);
            return new JsonlLine(++_number, head, length, Terminated: false, length > maxLineBytes);
        }
    }

    /// <summary>False when more bytes are needed to know whether the text starts with a byte order mark.</summary>
    private bool TryPassMark(ref ReadOnlySequence<byte> buffer, bool completed)
    {
        if (_pastMark)
            return true;
        if (buffer.Length < ByteOrderMark.Length && !completed)
        {
            pipe.AdvanceTo(buffer.Start, buffer.End);
            return false;
        }
        _pastMark = true;
        Span<byte> start = stackalloc byte[3];
        if (buffer.Length < ByteOrderMark.Length)
            return true;
        buffer.Slice(0, 3).CopyTo(start);
        if (start.SequenceEqual(ByteOrderMark))
            buffer = buffer.Slice(3);
        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
