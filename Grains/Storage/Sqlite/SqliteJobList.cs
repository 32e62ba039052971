using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>The list query of SQLite: named fragments, put together by which filters are asked for. Values travel as parameters only.</summary>
internal static class SqliteJobList
{
    /// <summary>At most one row more than the page, of one status or of any.</summary>
    public static List<JobSnapshot> Read(SqliteConnection connection, JobQuery query, JobStatus? status)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text(query, status);
        Bind(command.Parameters, query, status);
        return SqliteJobStore.Rows(command, SqliteJobRow.ReadSnapshot);
    }

    public static string Text(JobQuery query, JobStatus? status)
    {
        var sql = SqliteJobStore.Sql;
        return sql[status is null ? "list_jobs" : "list_jobs_one_status"]
            .Replace("{filters}", string.Join('\n', JobFilters.Of(query).Select(filter => sql[filter])), StringComparison.Ordinal)
            .Replace("{index}", Index(query, status), StringComparison.Ordinal)
            .Replace("{direction}", JobRange.Of(query).Ascending ? "asc" : "desc", StringComparison.Ordinal);
    }

    /// <summary>The index of the filter that leaves the fewest jobs.</summary>
    private static string Index(JobQuery query, JobStatus? status) => query switch
    {
        { SourceId: not null } => "jobs_by_source",
        { ParentId: not null } => "jobs_by_parent",
        { StopReason: not null } => "jobs_by_stop_reason",
        _ when status is not null => "jobs_by_status",
        { UserId: not null } => "jobs_by_user",
        { JobType: not null } => "jobs_by_type",
        { Background: true } => "jobs_by_background",
        _ => "jobs_by_organization",
    };

    private static void Bind(SqliteParameterCollection values, JobQuery query, JobStatus? status)
    {
        var range = JobRange.Of(query);
        values.AddWithValue("organization_id", query.OrganizationId);
        values.AddWithValue("low", SqliteJobRow.Text(range.Low));
        values.AddWithValue("high", SqliteJobRow.Text(range.High));
        values.AddWithValue("limit", query.Limit + 1);
        Add("status", status?.Word);
        Add("job_type", query.JobType);
        Add("user_id", query.UserId);
        Add("stop_reason", query.StopReason);
        Add("parent_id", query.ParentId is { } parent ? SqliteJobRow.Text(parent) : null);
        Add("source_id", query.SourceId);

        void Add(string name, string? value)
        {
            if (value is not null)
                values.AddWithValue(name, value);
        }
    }
}
