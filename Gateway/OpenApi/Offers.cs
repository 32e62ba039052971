using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.OpenApi;

/// <summary>The media types of an endpoint's good answers.</summary>
internal sealed class Offers(params string[] types)
{
    public static Offers Json { get; } = new("application/json; charset=utf-8");

    public IReadOnlyList<MediaTypeHeaderValue> Types { get; } = [.. types.Select(type => MediaTypeHeaderValue.Parse(type))];
}
