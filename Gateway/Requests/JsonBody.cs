using System.Text.Json;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests;

/// <summary>A request's body as JSON, or the problem with it (413 comes as the server's own exception). Dispose it when the command is made.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>Far above every limit on nesting, so that those can be told as what they are.</summary>
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 256 };

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument? document, Problem? problem)
    {
        _document = document;
        Problem = problem;
    }

    public Problem? Problem { get; }

    /// <summary>Undefined where there was no body, or a problem.</summary>
    public JsonElement Root => _document?.RootElement ?? default;

    /// <summary>Reads the whole body; none at all is a problem unless <paramref name="optional"/>.</summary>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, CancellationToken cancellation, bool optional = false)
    {
        if (optional && IsEmpty(request))
            return new JsonBody(null, null);
        if (!IsUtf8Json(request.ContentType))
            return new JsonBody(null, ProblemMap.MediaType);
        try
        {
            return new JsonBody(await JsonDocument.ParseAsync(request.Body, Parsing, cancellation), null);
        }
        catch (JsonException fault)
        {
            return new JsonBody(null, new Problem(ProblemKind.MalformedJson, fault.Message));
        }
    }

    public void Dispose() => _document?.Dispose();

    private static bool IsEmpty(HttpRequest request) =>
        request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static bool IsUtf8Json(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
