using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Batches;

/// <summary>The body of a batch create in either of its forms: lines, which are read as they arrive, or one JSON object, which is small.</summary>
internal sealed class BatchCreateBody : IDisposable
{
    private static readonly string[] LineTypes = ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson"];

    private readonly HttpRequest _request;
    private readonly GatewayLimits _limits;
    private readonly JsonBody? _json;

    private BatchCreateBody(HttpRequest request, GatewayLimits limits, JsonBody? json)
    {
        _request = request;
        _limits = limits;
        _json = json;
    }

    /// <summary>What is wrong with the body as a whole.</summary>
    public Problem? Problem => _json?.Problem;

    public static async Task<BatchCreateBody> OpenAsync(HttpRequest request, GatewayLimits limits, CancellationToken cancellation)
    {
        if (IsLines(request.ContentType))
            return new BatchCreateBody(request, limits, null);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.BatchJsonBytes;
        return new BatchCreateBody(request, limits, await JsonBody.ReadAsync(request, cancellation));
    }

    /// <summary>The head, the items, and at the first thing that is wrong a refusal and nothing more. Needs a body without a problem.</summary>
    public IAsyncEnumerable<BatchCreateLine> ReadAsync(CancellationToken cancellation) => _json is null
        ? new BatchCreateReader(_request.BodyReader, _limits.BatchItems, _limits.BatchItemBytes).ReadAsync(cancellation)
        : BatchCreateDocument.Read(_json.Root, _limits.BatchItems, _limits.BatchItemBytes).ToAsyncEnumerable();

    /// <summary>What a refused line is to its sender.</summary>
    public Problem ProblemOf(BatchCreateLine.Refused refused) => ProblemMap.Of(refused, isLine: _json is null);

    /// <summary>The same for something the batch's rules say no to.</summary>
    public Problem ProblemOf(long line, string field, string detail) => ProblemMap.OfItem(line, isLine: _json is null, field, detail);

    public void Dispose() => _json?.Dispose();

    private static bool IsLines(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && LineTypes.Contains(type.SubType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
