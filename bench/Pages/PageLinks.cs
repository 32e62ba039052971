using System.Text.RegularExpressions;

namespace JobTracker.Bench.Pages;

/// <summary>What a page loads.</summary>
internal static partial class PageLinks
{
    public static IEnumerable<string> In(string html) => Asset().Matches(html).Select(match => match.Groups["path"].Value).Distinct();

    [GeneratedRegex("(?:src|href)=\"(?<path>/ui/assets/[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Asset();
}
