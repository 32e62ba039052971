using System.Globalization;
using JobTracker.Grains.Storage.Jobs.Listing;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>
/// The list query of PostgreSQL: named fragments, put together by which filters are asked for. Values travel as parameters only.
/// </summary>
internal static class PostgresJobList
{
    /// <summary>The page, where the walk's index has the jobs that are asked for and no others; else that of a scan.</summary>
    public static string Text(JobQuery query)
    {
        var walk = JobWalk.Of(query);
        return Sql(walk.IsWhole ? "list_jobs" : "list_jobs_of_scan")
            .Replace("{walks}", string.Join("\nunion all\n", WalksOf(query, walk)), StringComparison.Ordinal)
            .Replace("{fits}", FitsOf(query, walk), StringComparison.Ordinal)
            .Replace("{direction}", JobRange.Of(query).Ascending ? "asc" : "desc", StringComparison.Ordinal);
    }

    /// <summary>What its parameters are.</summary>
    /// <param name="scan">How many entries may be looked at.</param>
    public static (string Name, object? Value)[] Values(JobQuery query, int scan)
    {
        var walk = JobWalk.Of(query);
        List<(string, object?)> values = [.. JobFilters.Values(query)];
        if (!walk.IsWhole)
            values.Add(("scan", (long)scan));
        if (walk.Rest.Contains("filter_statuses"))
            values.Add(("statuses", JobFilters.StatusesOf(query).Select(status => status.Word).ToArray()));
        return [.. values];
    }

    private static IEnumerable<string> WalksOf(JobQuery query, JobWalk walk)
    {
        var lead = Sql(walk.Lead ?? "filter_status_alone");
        var filters = string.Join('\n', walk.Rest.Select(Sql));
        return (walk.IsWhole, walk.Index) switch
        {
            (true, _) => JobFilters.StatusesOf(query).Select(status =>
                OfStatus("list_jobs_of_status", status).Replace("{filters}", lead, StringComparison.Ordinal)),
            (false, not null) => JobFilters.StatusesOf(query).Select(status =>
                OfStatus("scan_jobs_of_status", status)
                    .Replace("{filters}", filters, StringComparison.Ordinal).Replace("{lead}", lead, StringComparison.Ordinal)),
            (false, null) => JobWalk.TagsOf(query).Select((_, place) => OfTag(query, place, filters)),
        };
    }

    /// <summary>
    /// Of several walks the last entry may be the one of a job that is told of in another walk, at an entry that is not looked at any more:
    /// that job is asked itself.
    /// </summary>
    private static string FitsOf(JobQuery query, JobWalk walk) => walk.Index is null && JobWalk.TagsOf(query).Length > 1
        ? $"fits or (place = @scan and (true {string.Join('\n', walk.Rest.Select(Sql))}) is true)"
        : "fits";

    /// <summary>The word stands in the text, so that the plan knows which walk it is; it is one of ours, never a caller's.</summary>
    private static string OfStatus(string name, JobStatus status) => Sql(name).Replace("{status}", status.Word, StringComparison.Ordinal);

    /// <summary>A job that has several of the tags stands in several walks, and is told of in the first.</summary>
    private static string OfTag(JobQuery query, int place, string filters)
    {
        var first = place == 0 ? "" : Sql("filter_first_tag").Replace("{place}", Number(place), StringComparison.Ordinal);
        return Sql("scan_jobs_of_tag")
            .Replace("{filters}", $"{filters}\n{first}", StringComparison.Ordinal)
            .Replace("{tags}", query.Tags is [] ? "any_tags" : "tags", StringComparison.Ordinal)
            .Replace("{place}", Number(place + 1), StringComparison.Ordinal);
    }

    private static string Number(int place) => place.ToString(CultureInfo.InvariantCulture);

    private static string Sql(string name) => PostgresJobStore.Sql[name];
}
