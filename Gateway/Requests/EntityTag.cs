using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests;

/// <summary>A job's entity tag is its version in quotes (RFC 9110, 8.8.3).</summary>
internal static class EntityTag
{
    /// <summary>A version that no job has: what a tag asks for that is none of ours.</summary>
    public const long NoVersion = 0;

    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version that <c>If-Match</c> asks for; null where any will do (no header, or <c>*</c>). A weak tag never matches (RFC 9110, 13.1.1).
    /// More than one tag is refused: a command is decided against one version.
    /// </summary>
    public static long? ExpectedVersion(StringValues header, RequestErrors errors)
    {
        if (header.Count == 0)
            return null;
        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count != 1)
        {
            errors.InHeader("If-Match", "must be one entity tag, such as \"3\", or *");
            return null;
        }
        return tags[0] is { IsWeak: false } tag ? VersionOf(tag) : NoVersion;
    }

    /// <summary>True where <c>If-None-Match</c> names this version, by weak comparison (RFC 9110, 13.1.2), or is <c>*</c>. One that cannot be read names none.</summary>
    public static bool IsKnown(StringValues header, long version)
    {
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;
        foreach (var tag in tags)
        {
            if (VersionOf(tag) is not { } known || known == version)
                return true;
        }
        return false;
    }

    /// <summary>Null for <c>*</c>.</summary>
    private static long? VersionOf(EntityTagHeaderValue tag)
    {
        if (tag.Equals(EntityTagHeaderValue.Any))
            return null;
        var digits = tag.Tag.AsSpan().Trim('"');
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion;
    }
}
