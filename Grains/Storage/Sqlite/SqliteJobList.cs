using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>
/// The list of SQLite: a walk for each status, of named fragments by which
/// filters are asked for, merged here. Values travel as parameters only.
/// </summary>
internal static class SqliteJobList
{
    /// <summary>The jobs in the requested order, each read only when it is taken.</summary>
    public static IEnumerable<JobSnapshot> Read(SqlSession session, JobQuery query)
    {
        var ascending = JobRange.Of(query).Ascending;
        var next = new PriorityQueue<IEnumerator<JobSnapshot>, JobId>(
            ascending ? null : Comparer<JobId>.Create((left, right) => right.CompareTo(left)));
        var walks = JobFilters.StatusesOf(query).Select(status => Walk(session, query, status).GetEnumerator()).ToList();
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
    private static IEnumerable<JobSnapshot> Walk(SqlSession session, JobQuery query, JobStatus status)
    {
        using var command = session.Command(Text(query), [.. JobFilters.Values(query), ("status", status.Word)]);
        using var rows = command.ExecuteReader();
        var row = new SqliteRow(rows);
        while (rows.Read())
            yield return JobColumns.ReadSnapshot(row);
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
}
