using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>
/// Reads the body of a create while it arrives: at most 256 MB, of which only the largest single JSON token is ever held.
/// Refuses what Anthropic refuses at once: malformed JSON, a missing or repeated or ill-formed custom_id, missing params.
/// </summary>
internal static class CreateReader
{
    /// <summary>How deep a tool's schema is nested is no matter of the provider's.</summary>
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    private const long BodyLimit = 256 * 1024 * 1024;

    /// <exception cref="RefusedException">The body is not a batch.</exception>
    public static async Task<IReadOnlyList<BatchItem>> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            return await ReadAsync(pipe, cancellation);
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<IReadOnlyList<BatchItem>> ReadAsync(PipeReader pipe, CancellationToken cancellation)
    {
        var requests = new RequestTokens();
        var state = new JsonReaderState(Deep);
        var total = 0L;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var consumed = Consume(read.Buffer, read.IsCompleted, ref state, requests);
            total += consumed;
            if (total + read.Buffer.Length - consumed > BodyLimit)
                throw new RefusedException(AnthropicRefusals.TooLarge);
            if (read.IsCompleted)
                return requests.Finish();
            pipe.AdvanceTo(read.Buffer.GetPosition(consumed), read.Buffer.End);
        }
    }

    private static long Consume(ReadOnlySequence<byte> buffer, bool isLast, ref JsonReaderState state, RequestTokens requests)
    {
        var reader = new Utf8JsonReader(buffer, isLast, state);
        try
        {
            while (reader.Read())
                requests.Add(ref reader);
        }
        catch (JsonException)
        {
            throw new RefusedException(AnthropicRefusals.Invalid("The request body is not valid JSON."));
        }

        state = reader.CurrentState;
        return reader.BytesConsumed;
    }
}
