using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>What a <c>Content-Type</c> says, as far as the service reads it; another charset than UTF-8 makes it neither.</summary>
internal static class BodyType
{
    private static readonly string[] LineTypes = ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson"];

    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && (Is(type.SubType, "json") || Is(type.Suffix, "json")) && IsUtf8(type);

    /// <summary>JSON texts, one a line.</summary>
    public static bool IsLines(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && LineTypes.Contains(type.SubType.Value, StringComparer.OrdinalIgnoreCase)
        && IsUtf8(type);

    /// <summary>A parameter means the same with quotes and without (RFC 9110, 5.6.6 and 8.3.1).</summary>
    private static bool IsUtf8(MediaTypeHeaderValue type)
    {
        if (!type.Charset.HasValue)
            return true;
        var charset = HeaderUtilities.UnescapeAsQuotedString(type.Charset);
        return Is(charset, "utf-8") || Is(charset, "utf8");
    }

    private static bool Is(StringSegment text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
