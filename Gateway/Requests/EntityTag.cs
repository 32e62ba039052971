using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests;

/// <summary>An entity tag is a version in quotes, without leading zeros (RFC 9110, 8.8.3).</summary>
internal static class EntityTag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// True where <c>If-None-Match</c> names this version, by weak comparison
    /// (RFC 9110, 13.1.2), or is <c>*</c>. One that cannot be read names none.
    /// </summary>
    public static bool IsKnown(StringValues header, long version)
    {
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList(header, out var tags))
            return false;
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || VersionOf(tag) == version);
    }

    /// <summary>Null where the tag is none of ours: <c>"02"</c> and <c>"x"</c> name no version.</summary>
    public static long? VersionOf(EntityTagHeaderValue tag)
    {
        var digits = tag.Tag.AsSpan().Trim('"');
        var isOurs = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && digits[0] != '0';
        return isOurs ? version : null;
    }
}
