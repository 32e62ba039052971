using System.IO.Pipelines;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>
/// The body of a batch create in either of its forms: lines, which are read as they arrive, or one JSON object, which is small.
/// </summary>
internal sealed class IncomingBatch : IDisposable
{
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 64 << 10, leaveOpen: true);

    private readonly PipeReader? _lines;
    private readonly GatewayLimits _limits;
    private readonly JsonBody? _json;

    private IncomingBatch(GatewayLimits limits, PipeReader? lines, JsonBody? json)
    {
        _limits = limits;
        _lines = lines;
        _json = json;
    }

    /// <summary>What is wrong with the body as a whole.</summary>
    public Problem? Problem => _json?.Problem;

    public static async Task<IncomingBatch> OpenAsync(HttpRequest request, GatewayLimits limits, CancellationToken cancellation)
    {
        if (BodyType.IsLines(request.ContentType))
        {
            // They are read one after the other, and none is longer than an item may be.
            if (request.Body is BodyStream body)
                body.Held = Math.Min(body.Held, limits.BatchItemBytes);
            return new IncomingBatch(limits, PipeReader.Create(request.Body, Reading), null);
        }

        BodyLimit.Apply(request, limits.BatchJsonBytes);
        return new IncomingBatch(limits, null, await JsonBody.ReadAsync(request, BodyNeed.Required, cancellation));
    }

    /// <summary>
    /// The head, the items, and at the first thing that is wrong a refusal and nothing more. Needs a body without a problem.
    /// </summary>
    public IAsyncEnumerable<BatchPart> ReadAsync(CancellationToken cancellation) => _json is null
        ? new LinesReader(_lines!, _limits.BatchItems, _limits.BatchItemBytes).ReadAsync(cancellation)
        : DocumentReader.Read(_json.Root, _limits.BatchItems, _limits.BatchItemBytes).ToAsyncEnumerable();

    /// <summary>What a refused line is to its sender.</summary>
    public Problem ProblemOf(BatchPart.Refused refused) => PartProblems.Of(refused, isLine: _json is null);

    /// <summary>The same for something the batch's rules say no to.</summary>
    public Problem ProblemOf(long line, string field, string detail) => PartProblems.OfField(line, isLine: _json is null, field, detail);

    public void Dispose()
    {
        _lines?.Complete();
        _json?.Dispose();
    }
}
