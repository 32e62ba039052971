using System.Collections.Immutable;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What the plan tests of both databases ask.</summary>
internal static class QueryPlanTests
{
    /// <summary>What a filter asks for, and the index that holds its jobs in id order.</summary>
    public static readonly ImmutableArray<(string Name, string Index, Func<JobQuery, JobQuery> Filter)> Filters =
    [
        ("no filter", "jobs_by_status", query => query),
        ("one status", "jobs_by_status", query => query with { Statuses = [JobStatus.Running] }),
        ("some statuses", "jobs_by_status", query => query with { Statuses = [JobStatus.Created, JobStatus.Pending, JobStatus.Running] }),
        ("job_type", "jobs_by_type", query => query with { JobType = "type1" }),
        ("user_id", "jobs_by_user", query => query with { UserId = "user1" }),
        ("stop_reason", "jobs_by_stop_reason", query => query with { StopReason = "why1" }),
        ("background", "jobs_by_background", query => query with { Background = true }),
        ("parent_id", "jobs_by_parent", query => query with { ParentId = new JobId(Guid.Empty) }),
        ("source_id", "jobs_by_source", query => query with { SourceId = "source1" }),
        ("status and job_type", "jobs_by_type", query => query with { Statuses = [JobStatus.Failed], JobType = "type1" }),
        ("status and user_id", "jobs_by_user", query => query with { Statuses = [JobStatus.Failed], UserId = "user1" }),
        ("statuses and stop_reason", "jobs_by_stop_reason",
            query => query with { Statuses = [JobStatus.Failed, JobStatus.Cancelled], StopReason = "why1" }),
        ("status and background", "jobs_by_background", query => query with { Statuses = [JobStatus.Running], Background = true }),
        ("active and parent_id", "jobs_by_parent",
            query => query with { Statuses = [JobStatus.Created, JobStatus.Pending, JobStatus.Running], ParentId = new JobId(Guid.Empty) }),
        ("status and source_id", "jobs_by_source", query => query with { Statuses = [JobStatus.Completed], SourceId = "source1" }),
    ];

    /// <summary>From both ends, from the middle, and between two moments.</summary>
    public static readonly ImmutableArray<Func<JobQuery, JobQuery>> Ranges =
    [
        query => query,
        query => query with { Ascending = true },
        query => query with { After = new JobId(Middle) },
        query => query with { Before = new JobId(Middle) },
        query =>
            query with { CreatedAfter = DateTimeOffset.UnixEpoch.AddDays(1), CreatedBefore = DateTimeOffset.UnixEpoch.AddDays(40_000) },
    ];

    /// <summary>In the middle of random uuids.</summary>
    private static readonly Guid Middle = Guid.Parse("80000000-0000-7000-8000-000000000000");

    /// <summary>Every query of the file, with a filter and a direction where it has a place for them.</summary>
    public static Dictionary<string, string> Queries(SqlFile sql) => sql.Names
        .Where(name => !name.StartsWith("filter_", StringComparison.Ordinal) && name != "written_columns")
        .ToDictionary(name => name, name => sql[name]
            .Replace("{walks}", sql[name == "list_jobs" ? "list_jobs_of_status" : "scan_jobs_of_status"], StringComparison.Ordinal)
            .Replace("{lead}", "", StringComparison.Ordinal)
            .Replace("{fits}", "fits", StringComparison.Ordinal)
            .Replace("{tags}", "any_tags", StringComparison.Ordinal)
            .Replace("{status}", "running", StringComparison.Ordinal)
            .Replace(
                "{filters}", string.Join('\n', sql.Names.Where(filter => filter.StartsWith("filter_", StringComparison.Ordinal))
                    .Select(filter => sql[filter])), StringComparison.Ordinal)
            .Replace("{place}", "1", StringComparison.Ordinal)
            .Replace("{direction}", "desc", StringComparison.Ordinal));
}
