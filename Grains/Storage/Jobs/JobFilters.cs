using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The named fragments of jobs.sql that a query's filters need; the same names in both databases.</summary>
internal static class JobFilters
{
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
}
