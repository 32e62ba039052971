using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs.Listing;

/// <summary>The filters of a list, the same in both databases: the named fragments of jobs.sql that they need, and their values.</summary>
internal static class JobFilters
{
    private static readonly IdnMapping Idn = new();

    /// <summary>Each status that the list walks: without a filter every one, and terminal ones alone where the end is asked for.</summary>
    public static IEnumerable<JobStatus> StatusesOf(JobQuery query) =>
        (query.Statuses.IsEmpty ? [.. Enum.GetValues<JobStatus>()] : query.Statuses.Distinct().Order().ToImmutableArray())
            .Where(status => status.IsTerminal || !AsksForTheEnd(query));

    /// <summary>What is asked of each job, but for its status and tags.</summary>
    public static IEnumerable<string> Of(JobQuery query)
    {
        if (query.SourceId is not null)
            yield return "filter_source_id";
        if (query.ParentId is not null)
            yield return "filter_parent_id";
        if (query.StopReason is not null)
            yield return "filter_stop_reason";
        if (query.UserId is not null)
            yield return "filter_user_id";
        if (query.JobType is not null)
            yield return "filter_job_type";
        if (query.Background is { } background)
            yield return background ? "filter_background" : "filter_foreground";
        if (query.Callback is { } state)
            yield return $"filter_callback_{state.Word}";
        if (query.CallbackHost is not null)
            yield return "filter_callback_host";
        if (query.CompletedAfter is not null)
            yield return "filter_completed_after";
        if (query.CompletedBefore is not null)
            yield return "filter_completed_before";
    }

    /// <summary>What the list's parameters are; only those that the filters name.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(JobQuery query)
    {
        var range = JobRange.Of(query);
        (string, object?)[] values =
        [
            ("organization_id", query.OrganizationId), ("low", range.Low), ("high", range.High), ("limit", query.Limit + 1L),
            ("job_type", query.JobType), ("user_id", query.UserId), ("stop_reason", query.StopReason),
            ("parent_id", query.ParentId?.Value), ("source_id", query.SourceId),
            ("tags", query.Tags is [] ? null : query.Tags.ToArray()), ("any_tags", query.AnyTags is [] ? null : query.AnyTags.ToArray()),
            ("callback_host", query.CallbackHost is { } host ? PatternOf(host) : null),
            ("completed_after", query.CompletedAfter), ("completed_before", query.CompletedBefore),
        ];
        return values.Where(value => value.Item2 is not null);
    }

    private static bool AsksForTheEnd(JobQuery query) =>
        query is { Callback: not null } or { CompletedAfter: not null } or { CompletedBefore: not null };

    /// <summary>
    /// Where a stored callback names the host: in its URL, as it was written, so in both spellings of an international name, and whatever
    /// follows it. Both databases read such a pattern alike.
    /// </summary>
    private static string PatternOf(string host)
    {
        var spellings = ((string[])[host, JsonSerializer.Serialize(Unicode(host))[1..^1], Unicode(host)]).Distinct().Select(Regex.Escape);
        return $"\"url\":\"https?://({string.Join('|', spellings)})[.]?[/:?#\"\\\\]";
    }

    private static string Unicode(string host)
    {
        try
        {
            return Idn.GetUnicode(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }
}
