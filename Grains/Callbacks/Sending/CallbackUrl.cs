using System.Buffers;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>
/// A callback's URL is kept, and its target is requested, octet for octet as it was given: a receiver may sign or route by it. What RFC
/// 3986 does not let stand in a URL would have to be rewritten on the way, so it is refused.
/// </summary>
internal static class CallbackUrl
{
    /// <summary>RFC 3986, 2: reserved and unreserved characters, and the percent sign of an escape.</summary>
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>What is wrong with the spelling, as the end of a sentence; null when nothing is.</summary>
    public static string? SpellingProblem(string url)
    {
        if (url.AsSpan().IndexOfAnyExcept(Allowed) is >= 0 and var at)
            return url[at] is > '\x20' and < '\x7f'
                ? $"holds '{url[at]}', which a URL writes as %{(int)url[at]:X2}"
                : "contains white space, control characters or others than ASCII: percent-encode them, and write an international "
                    + "host as xn--";
        for (var percent = url.IndexOf('%', StringComparison.Ordinal); percent >= 0; percent = url.IndexOf('%', percent + 1))
        {
            if (percent + 2 >= url.Length || !char.IsAsciiHexDigit(url[percent + 1]) || !char.IsAsciiHexDigit(url[percent + 2]))
                return "holds a '%' that no two hexadecimal digits follow: write it as %25";
        }
        return null;
    }

    /// <summary>
    /// The URL to request: with its target as it is, without the fragment, which is never sent (RFC 9110, 4.2.3), and with the slash that
    /// an empty path has on the wire (RFC 9112, 3.2.1).
    /// </summary>
    public static Uri ToRequest(string url)
    {
        var sent = url.Split('#')[0];
        var authority = sent.IndexOf("://", StringComparison.Ordinal) + 3;
        var target = sent.AsSpan(authority).IndexOfAny('/', '?');
        return new Uri(target >= 0 && sent[authority + target] == '?' ? sent.Insert(authority + target, "/") : sent, AsGiven);
    }
}
