using System.Globalization;
using System.Net.Http.Headers;

namespace JobTracker.Grains;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, 10.2.3), wherever an answer of somebody else carries one.</summary>
internal static class RetryAfter
{
    /// <summary>What .NET reads at most, 68 years; more seconds than that count as so many. Every reader has a limit far below.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(int.MaxValue);

    private const string Header = "Retry-After";

    /// <summary>
    /// Seconds as they are, a date against <paramref name="now"/>; 0 to <see cref="Longest"/>. Null where the header is absent, there
    /// more than once, or unreadable.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now) => headers.RetryAfter switch
    {
        { Delta: { } delta } => Clamp(delta),
        { Date: { } date } => Clamp(date - now),
        _ => Seconds(headers),
    };

    /// <summary>Any number of digits is a number of seconds; .NET reads those of an int alone.</summary>
    private static TimeSpan? Seconds(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues(Header, out var values) || values.Count != 1)
            return null;
        var digits = values.ToString().AsSpan().Trim(" \t");
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        var isWithin = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return isWithin ? TimeSpan.FromSeconds(seconds) : Longest;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
