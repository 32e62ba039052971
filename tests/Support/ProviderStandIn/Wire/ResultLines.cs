using System.Buffers;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>
/// A result file, made line by line while it is sent: no more of it than a buffer is ever in memory.
/// </summary>
/// <param name="belongs">Which outcomes this file has lines for; a request that vanishes is in none.</param>
internal sealed class ResultLines(ProviderBatch batch, ILineWriter lines, Func<ItemOutcome, bool> belongs) : IResult
{
    private const int FlushAt = 64 * 1024;

    public bool Any() => Lines().Any();

    /// <summary>The size of the file, found by making it once for nothing.</summary>
    public long CountBytes()
    {
        var (buffer, total) = (new ArrayBufferWriter<byte>(FlushAt), 0L);
        foreach (var (item, outcome) in Lines())
        {
            lines.Write(item, outcome, buffer);
            total += buffer.WrittenCount + 1;
            buffer.ResetWrittenCount();
        }

        return total;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = lines.ContentType;
        var fault = httpContext.Features.Get<Fault>();
        var faults = new LineFaults(fault, lines);
        var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
        faults.Begin(buffer);
        foreach (var (item, outcome) in Lines())
        {
            faults.Write(item, outcome, buffer);
            if (buffer.WrittenCount >= FlushAt)
                await SendAsync(httpContext, buffer);
        }

        await SendAsync(httpContext, buffer);
    }

    private IEnumerable<(BatchItem Item, ItemOutcome Outcome)> Lines()
    {
        var order = new ResultOrder(batch.Items.Count);
        for (var place = 0; place < batch.Items.Count; place++)
        {
            var index = order[place];
            var outcome = batch.OutcomeOf(index);
            if (outcome is not ItemOutcome.NoLine && belongs(outcome))
                yield return (batch.Items[index], outcome);
        }
    }

    private static async Task SendAsync(HttpContext context, ArrayBufferWriter<byte> buffer)
    {
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        buffer.ResetWrittenCount();
    }
}
