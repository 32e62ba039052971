using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>Lets a body through up to one place, then throws <see cref="BodyCutException"/> to whoever writes it.</summary>
internal sealed class CutStream(Stream inner, Fault fault, HttpResponse response) : PassingStream(inner)
{
    // Far enough into a line that it is neither empty nor whole.
    private const int BytesIntoLine = 20;

    private int _line = 1;
    private int _column;

    private int CutLine => fault.AtLine ?? (response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is true ? 1 : 2);

    private int CutColumn => fault.Kind is FaultKind.EndOnLineBoundary ? 0 : BytesIntoLine;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var kept = BytesBeforeCut(buffer.Span);
        await Inner.WriteAsync(buffer[..kept], cancellationToken);
        if (kept < buffer.Length)
            throw new BodyCutException();
    }

    private int BytesBeforeCut(ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            if (_line == CutLine && _column >= CutColumn)
                return index;
            (_line, _column) = bytes[index] == '\n' ? (_line + 1, 0) : (_line, _column + 1);
        }

        return bytes.Length;
    }
}

internal sealed class BodyCutException : Exception;
