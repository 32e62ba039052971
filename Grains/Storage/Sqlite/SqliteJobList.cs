using System.Data.Common;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Listing;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>
/// The list of SQLite: walks of named fragments by which filters are asked for, merged here. Values travel as parameters only.
/// </summary>
internal static class SqliteJobList
{
    /// <summary>The jobs in the requested order, each read only when it is taken; the walk's index has no others.</summary>
    public static IEnumerable<JobSnapshot> Read(SqlSession session, JobQuery query, JobWalk walk) => Merged(
        query, job => job.Id,
        [.. JobFilters.StatusesOf(query).Select(status => Rows(Command(session, query, walk, status), JobColumns.ReadSnapshot))]);

    /// <summary>The entries along the index or the tags, in the requested order, and whether their jobs are asked for.</summary>
    public static IEnumerable<(JobId Id, bool Fits)> Scan(SqlSession session, JobQuery query, JobWalk walk)
    {
        var commands = walk.Index is null
            ? JobWalk.TagsOf(query).Select(tag => Command(session, query, walk, tag))
            : JobFilters.StatusesOf(query).Select(status => Command(session, query, walk, status));
        return Merged(query, entry => entry.Id, [.. commands.Select(command => Rows(command, Entry))]);

        static (JobId Id, bool Fits) Entry(SqlRow row) => (new JobId(row.Id(0)), row.Flag(1));
    }

    public static string Text(JobQuery query)
    {
        var walk = JobWalk.Of(query);
        var sql = SqliteJobStore.Sql;
        var (lead, rest) = (walk.Lead is { } name ? sql[name] : "", string.Join('\n', walk.Rest.Select(filter => sql[filter])));
        return (walk.IsWhole ? sql["list_jobs_of_status"] : walk.Index is null ? sql["scan_jobs_of_tag"] : sql["scan_jobs_of_status"])
            .Replace("{filters}", walk.IsWhole ? lead : rest, StringComparison.Ordinal)
            .Replace("{lead}", lead, StringComparison.Ordinal)
            .Replace("{index}", walk.Index, StringComparison.Ordinal)
            .Replace("{direction}", JobRange.Of(query).Ascending ? "asc" : "desc", StringComparison.Ordinal);
    }

    private static DbCommand Command(SqlSession session, JobQuery query, JobWalk walk, JobStatus status) =>
        Command(session, query, walk, ("status", (object?)status.Word));

    private static DbCommand Command(SqlSession session, JobQuery query, JobWalk walk, string tag) =>
        Command(session, query, walk, ("tag", (object?)tag));

    private static DbCommand Command(SqlSession session, JobQuery query, JobWalk walk, (string, object?) own)
    {
        List<(string Name, object? Value)> values = [.. JobFilters.Values(query), own];
        if (walk.Rest.Contains("filter_statuses"))
            values.Add(("statuses", JobFilters.StatusesOf(query).Select(status => status.Word).ToArray()));
        return session.Command(Text(query), [.. values]);
    }

    private static IEnumerable<T> Rows<T>(DbCommand command, Func<SqlRow, T> read)
    {
        using (command)
        {
            using var rows = command.ExecuteReader();
            var row = new SqliteRow(rows);
            while (rows.Read())
                yield return read(row);
        }
    }

    private static IEnumerable<T> Merged<T>(JobQuery query, Func<T, JobId> id, List<IEnumerable<T>> walks)
    {
        var next = new PriorityQueue<IEnumerator<T>, JobId>(
            JobRange.Of(query).Ascending ? null : Comparer<JobId>.Create((left, right) => right.CompareTo(left)));
        var open = walks.ConvertAll(walk => walk.GetEnumerator());
        try
        {
            foreach (var walk in open.Where(walk => walk.MoveNext()))
                next.Enqueue(walk, id(walk.Current));
            while (next.TryDequeue(out var first, out _))
            {
                yield return first.Current;
                if (first.MoveNext())
                    next.Enqueue(first, id(first.Current));
            }
        }
        finally
        {
            open.ForEach(walk => walk.Dispose());
        }
    }
}
