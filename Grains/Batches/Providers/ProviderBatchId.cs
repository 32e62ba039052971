using System.Buffers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>
/// Ids that callers and providers hand us and that go into paths: plain characters only, so that none leads to another path.
/// </summary>
internal static class ProviderBatchId
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsPlain(string? id) => id is { Length: > 0 and <= MaxLength } && !id.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>The id as it is, for a path. Anything else is refused before a call is made.</summary>
    public static string ForPath(string id) => IsPlain(id)
        ? id
        : throw new ProviderException(
            new ProviderError(ProviderErrorClass.Refused, "That is not an id this provider gives.", MayHaveActed: false));
}
