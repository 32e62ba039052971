using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// What a list is made of, the same in both databases: a walk for each status, and the named fragments of jobs.sql that the filters need.
/// </summary>
internal static class JobFilters
{
    /// <summary>Without a filter by status, every one.</summary>
    public static IEnumerable<JobStatus> StatusesOf(JobQuery query) =>
        query.Statuses.IsEmpty ? Enum.GetValues<JobStatus>() : query.Statuses.Distinct().Order();

    public static IEnumerable<string> Of(JobQuery query)
    {
        if (query.JobType is not null)
            yield return "filter_job_type";
        if (query.UserId is not null)
            yield return "filter_user_id";
        if (query.StopReason is not null)
            yield return "filter_stop_reason";
        if (query.Background is { } background)
            yield return background ? "filter_background" : "filter_foreground";
        if (query.ParentId is not null)
            yield return "filter_parent_id";
        if (query.SourceId is not null)
            yield return "filter_source_id";
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
        ];
        return values.Where(value => value.Item2 is not null);
    }
}
