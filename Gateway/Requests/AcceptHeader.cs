using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Requests;

/// <summary>Whether a client takes what an endpoint has to give (RFC 9110, 12.5.1).</summary>
internal static class AcceptHeader
{
    /// <summary>True where one of <paramref name="offers"/> is taken, and where the header is absent or cannot be read.</summary>
    public static bool Takes(StringValues header, IReadOnlyList<MediaTypeHeaderValue> offers)
    {
        if (header.Count == 0 || !MediaTypeHeaderValue.TryParseList(header, out var ranges) || ranges.Count == 0)
            return true;
        foreach (var offer in offers)
        {
            if (Quality(offer, ranges) > 0)
                return true;
        }
        return false;
    }

    /// <summary>That of the most specific range that covers the offer; 0 where none does.</summary>
    private static double Quality(MediaTypeHeaderValue offer, IList<MediaTypeHeaderValue> ranges)
    {
        var (quality, best) = (0d, -1);
        foreach (var range in ranges)
        {
            var precision = Precision(range);
            if (!offer.IsSubsetOf(range) || precision < best)
                continue;
            // Of two that are as specific, the kinder counts.
            quality = precision > best ? range.Quality ?? 1 : Math.Max(quality, range.Quality ?? 1);
            best = precision;
        }
        return quality;
    }

    private static int Precision(MediaTypeHeaderValue range)
    {
        if (range.MatchesAllTypes)
            return 0;
        if (range.MatchesAllSubTypes)
            return 1;
        return 2 + range.Parameters.Count(parameter => !parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase));
    }
}
