using System.Runtime.InteropServices;
using System.Text.Json;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// A request's body as JSON, or the problem with it (413, and a broken framing or coding, come as exceptions). Dispose it when the
/// command is made.
/// It is Unicode throughout: every name and every text in it can be read.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>Far above every limit on nesting, so that those can be told as what they are.</summary>
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 256 };

    /// <summary>There was none. It holds nothing, so that one serves all.</summary>
    private static readonly JsonBody Absent = new(null, null);

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument? document, Problem? problem)
    {
        _document = document;
        Problem = problem;
    }

    public Problem? Problem { get; }

    /// <summary>There was no body, and there need not be one.</summary>
    public bool IsAbsent => _document is null && Problem is null;

    /// <summary>Undefined where there was no body, or a problem.</summary>
    public JsonElement Root => _document?.RootElement ?? default;

    /// <summary>Reads the whole body; none at all is a problem where one is required.</summary>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, BodyNeed need, CancellationToken cancellation)
    {
        var isOptional = need is BodyNeed.Optional;
        if (need is BodyNeed.None || (isOptional && await IsEmptyAsync(request, cancellation)))
            return Absent;
        if (!BodyType.IsJson(request.ContentType))
            return new JsonBody(null, ProblemMap.MediaType);
        // An optional body may have been looked at, through its reader.
        var body = isOptional ? request.BodyReader.AsStream() : request.Body;
        JsonDocument? document = null;
        try
        {
            document = await JsonDocument.ParseAsync(body, Parsing, cancellation);
            if (JsonText.Flaw(JsonMarshal.GetRawUtf8Value(document.RootElement)) is not { } flaw)
                return new JsonBody(document, null);
            document.Dispose();
            return new JsonBody(null, new Problem(ProblemKind.MalformedJson, flaw));
        }
        catch (JsonException fault)
        {
            return new JsonBody(null, new Problem(ProblemKind.MalformedJson, Echo.Cut(fault.Message)));
        }
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>One that comes in chunks does not tell before the first of them.</summary>
    private static async ValueTask<bool> IsEmptyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is { } length)
            return length == 0;
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return true;
        var read = await request.BodyReader.ReadAsync(cancellation);
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return read.IsCompleted && read.Buffer.IsEmpty;
    }
}

/// <summary>Whether an endpoint reads a body.</summary>
internal enum BodyNeed
{
    None = 0,
    Optional = 1,
    Required = 2,
}
