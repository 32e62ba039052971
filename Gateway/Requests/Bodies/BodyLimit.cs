using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>How many bytes of a body an endpoint takes, its framing and its coding not counted; one more is a 413.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    /// <summary>A chunk of one byte takes six on the wire: how much longer a body may be there before Kestrel gives up on it.</summary>
    private const int MostFraming = 8;

    public long Bytes => bytes;

    public long? MaxRequestBodySize => bytes;

    /// <summary>Holds for this request from now on, if nothing of its body was read yet.</summary>
    public static void Apply(HttpRequest request, long bytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } wire)
            wire.MaxRequestBodySize = request.ContentLength is null ? bytes * MostFraming : bytes;
        if (request.Body is BodyStream body)
            body.Limit = bytes;
    }
}
