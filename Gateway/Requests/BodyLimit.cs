using Microsoft.AspNetCore.Http.Metadata;

namespace JobTracker.Gateway.Requests;

/// <summary>How many bytes of a body an endpoint takes; one more is a 413.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
