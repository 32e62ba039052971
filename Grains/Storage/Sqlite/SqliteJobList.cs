using JobTracker.Grains.Batches.Providers.Http.Json;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>
/// The list of SQLite: a walk for each status, of named fragments by which
/// filters are asked for, merged here. Values travel as parameters only.
/// </summary>
internal static class SqliteJobList
{
    /// <summary>The jobs in the requested order, each read only when it is taken.</summary>
    public static IEnumerable<JobSnapshot> Read(SqliteConnection connection, JobQuery query)
    {
        var ascending = JobRange.Of(query).Ascending;
        var next = new PriorityQueue<IEnumerator<JobSnapshot>, JobId>(
            ascending ? null : Comparer<JobId>.Create((left, right) => right.CompareTo(left)));
        var walks = JobFilters.StatusesOf(query).Select(status => Walk(connection, query, status).GetEnumerator()).ToList();
        try
        {
            foreach (var walk in walks.Where(walk => walk.MoveNext()))
                next.Enqueue(walk, walk.Current.Id);
            while (next.TryDequeue(out var first, out _))
            {
                yield return first.Current;
                if (first.MoveNext())
                    next.Enqueue(first, first.Current.Id);
            }
        }
        finally
        {
            walks.ForEach(walk => walk.Dispose());
        }
    }

    public static string Text(JobQuery query)
    {
        var sql = SqliteJobStore.Sql;
        return sql["list_jobs_of_status"]
            .Replace("{filters}", string.Join('\n', JobFilters.Of(query).Select(filter => sql[filter])), StringComparison.Ordinal)
            .Replace("{index}", Index(query), StringComparison.Ordinal)
            .Replace("{direction}", JobRange.Of(query).Ascending ? "asc" : "desc", StringComparison.Ordinal);
    }

    /// <summary>At most one row more than the page.</summary>
    private static IEnumerable<JobSnapshot> Walk(SqliteConnection connection, JobQuery query, JobStatus status)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Text(query);
        Bind(command.Parameters, query, status);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return SqliteJobRow.ReadSnapshot(rows);
    }

    /// <summary>The index of the filter that should leave the fewest jobs.</summary>
    private static string Index(JobQuery query) => query switch
    {
        { SourceId: not null } => "jobs_by_source",
        { ParentId: not null } => "jobs_by_parent",
        { StopReason: not null } => "jobs_by_stop_reason",
        { UserId: not null } => "jobs_by_user",
        { JobType: not null } => "jobs_by_type",
        { Background: true } => "jobs_by_background",
        _ => "jobs_by_status",
    };

    private static void Bind(SqliteParameterCollection values, JobQuery query, JobStatus status)
    {
        var range = JobRange.Of(query);
        values.AddWithValue("organization_id", query.OrganizationId);
        values.AddWithValue("low", SqliteJobRow.Text(range.Low));
        values.AddWithValue("high", SqliteJobRow.Text(range.High));
        values.AddWithValue("limit", query.Limit + 1);
        Add("status", status.Word);
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
