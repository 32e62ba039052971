using System.Globalization;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// Reads query parameters one by one; what is wrong is noted and reads as absent. Unknown ones never come here (<see
/// cref="RequestRules"/>).
/// </summary>
/// <param name="path">Where in the body they stand, for those that do not stand in the query.</param>
internal sealed class QueryFields(IQueryCollection query, RequestErrors errors, string? path = null)
{
    private const int LongestText = 255;

    public void Wrong(string name, string detail)
    {
        if (path is null)
            errors.InQuery(name, detail);
        else
            errors.InBody($"{path}.{name}", detail);
    }

    /// <summary>A text of 1 to <paramref name="longest"/> characters.</summary>
    public string? Text(string name, int longest = LongestText)
    {
        var values = Values(name);
        if (values.Length == 0)
            return null;
        if (values.Length > 1)
            Wrong(name, "must be given once");
        else if (values[0] is not { Length: > 0 } text || text.Length > longest)
            Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must have 1 to {longest} characters"));
        else if (text.Contains('\0'))
            Wrong(name, "must not hold U+0000");
        else
            return text;
        return null;
    }

    /// <summary>Every value of a parameter that may be repeated, or hold several separated by commas.</summary>
    public IEnumerable<string> List(string name) => Values(name).SelectMany(value => (value ?? "").Split(','));

    public int? Whole(string name, int least, int most) => (int?)Number(name, least, most);

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>Seconds, fractions allowed, from 0 to <paramref name="longest"/>.</summary>
    public TimeSpan? Seconds(string name, TimeSpan longest)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= longest.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a number of seconds from 0 to {longest.TotalSeconds}"));
        return null;
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (bool.TryParse(text, out var flag))
            return flag;
        Wrong(name, "must be true or false");
        return null;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var moment))
            return moment;
        Wrong(name, "must be an RFC 3339 timestamp with an offset, such as 2026-01-31T12:00:00Z (write + as %2B)");
        return null;
    }

    public JobId? JobId(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (JobTracker.Jobs.JobId.TryParse(text, out var id))
            return id;
        Wrong(name, "must be a job id: job- and a UUID in lower case");
        return null;
    }

    /// <summary>A host as URLs have it, without a port; in lower case and ASCII (IDNA), with the brackets of an IPv6 address.</summary>
    public string? Host(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Uri.CheckHostName(text) != UriHostNameType.Unknown && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var url)
            && url is { IsDefaultPort: true, PathAndQuery: "/", Fragment: "", UserInfo: "" })
            return url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        Wrong(name, "must be a host, such as example.org, without a port");
        return null;
    }

    /// <summary>One of <paramref name="words"/>.</summary>
    public string? Word(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.Contains(text))
            return text;
        Wrong(name, $"must be {string.Join(" or ", words)}");
        return null;
    }

    private string?[] Values(string name) => query[name].ToArray();
}
