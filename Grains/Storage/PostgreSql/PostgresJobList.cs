using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>
/// The list query of PostgreSQL: named fragments, put together by which filters are asked for. Values travel as parameters only.
/// </summary>
internal static class PostgresJobList
{
    public static string Text(JobQuery query)
    {
        var sql = PostgresJobStore.Sql;
        return sql["list_jobs"]
            .Replace("{walks}", string.Join("\nunion all\n", JobFilters.StatusesOf(query).Select(WalkOf)), StringComparison.Ordinal)
            .Replace("{filters}", string.Join('\n', FiltersOf(query).Select(filter => sql[filter])), StringComparison.Ordinal)
            .Replace("{direction}", JobRange.Of(query).Ascending ? "asc" : "desc", StringComparison.Ordinal);
    }

    private static string[] FiltersOf(JobQuery query)
    {
        string[] filters = [.. JobFilters.Of(query)];
        return filters.All(filter => filter == "filter_foreground") ? [.. filters, "filter_status_alone"] : filters;
    }

    /// <summary>The word stands in the text, so that the plan knows which walk it is; it is one of ours, never a caller's.</summary>
    private static string WalkOf(JobStatus status) =>
        PostgresJobStore.Sql["list_jobs_of_status"].Replace("{status}", status.Word, StringComparison.Ordinal);
}
