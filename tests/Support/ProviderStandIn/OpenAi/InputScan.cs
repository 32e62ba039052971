using System.Buffers;
using System.IO.Pipelines;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>Reads an uploaded JSONL file while it arrives; only one line is held at a time.</summary>
internal static class InputScan
{
    /// <returns>The number of bytes read.</returns>
    public static async Task<long> ReadAsync(Stream file, InputLines lines, CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            var total = 0L;
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation);
                var rest = Consume(read.Buffer, lines);
                total += read.Buffer.Length - rest.Length;
                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                        lines.Add(rest);
                    return total + rest.Length;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static ReadOnlySequence<byte> Consume(ReadOnlySequence<byte> buffer, InputLines lines)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
            lines.Add(line);
        return reader.UnreadSequence;
    }
}
