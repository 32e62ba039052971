using System.Globalization;
using System.Text.RegularExpressions;

namespace JobTracker.Gateway.Json;

/// <summary>Timestamps as RFC 3339, 5.6 writes them: an offset is required. What is finer than a microsecond is cut off.</summary>
internal static partial class Rfc3339
{
    private const int MicrosecondDigits = 6;

    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        if (Shape().Match(text) is not { Success: true } match)
            return false;
        var fraction = match.Groups["fraction"].Value;
        var cut = fraction.Length > MicrosecondDigits ? fraction[..MicrosecondDigits] : fraction;
        var normal =
            $"{match.Groups["seconds"].Value}.{cut.PadRight(MicrosecondDigits, '0')}{match.Groups["offset"].Value.ToUpperInvariant()}";
        return DateTimeOffset.TryParseExact(
            normal, "yyyy-MM-dd'T'HH:mm:ss.ffffffK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out moment);
    }

    [GeneratedRegex(
        @"^(?<seconds>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,12}))?(?<offset>Z|z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
