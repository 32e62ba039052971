using System.Globalization;
using JobTracker.Pages.Doors;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Pages.Jobs;

/// <summary><c>since</c>, which the API does not know, told to it as <c>created_after</c>.</summary>
public static class JobFilterTime
{
    private const string Hint = "since: must be a time such as 1h, 24h or 7d, or a moment such as 2026-01-31T12:00:00Z";

    /// <summary>The same with the moment in the place of a time that goes on: what an operation is given.</summary>
    public static JobFilter At(this JobFilter filter, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter[JobFilter.Since] is [var since, ..] && filter[JobFilter.CreatedAfter].IsEmpty
            ? filter.With(JobFilter.CreatedAfter, Moment(since, now)).Without(JobFilter.Since)
            : filter;
    }

    /// <summary>What to list: read by the API's own rules; what is wrong is left out of it and told.</summary>
    public static FilterReading Read(this JobFilter filter, IJobDoor door, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(door);
        var since = filter[JobFilter.Since] is [var first, ..] ? first : null;
        var isTwice = since is not null && !filter[JobFilter.CreatedAfter].IsEmpty;
        var values = filter.Values.Where(value => value.Key != JobFilter.Since).ToList();
        if (since is not null && !isTwice)
            values.Add(KeyValuePair.Create(JobFilter.CreatedAfter, Moment(since, now)));
        var read = door.ReadFilter(values.GroupBy(value => value.Key, value => value.Value, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, new StringValues([.. group]))));
        return read with
        {
            Problems =
            [
                .. filter.Unknown.Select(name => $"{name}: is no filter of jobs"),
                .. isTwice ? ["since: says the same as created_after; one of them is enough"] : Array.Empty<string>(),
                .. read.Problems.Select(problem => since is not null && !isTwice && IsOfMoment(problem) ? Hint : problem),
            ],
        };
    }

    private static bool IsOfMoment(string problem) => problem.StartsWith(JobFilter.CreatedAfter + ":", StringComparison.Ordinal);

    /// <summary>What is no time before now stands as it is.</summary>
    private static string Moment(string since, DateTimeOffset now) => Ago(since) is { } ago
        ? (now - ago).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : since;

    private static TimeSpan? Ago(string since) =>
        since is [.. var figure, var unit] && figure.Length is > 0 and <= 4
        && int.TryParse(figure, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? unit switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
}
