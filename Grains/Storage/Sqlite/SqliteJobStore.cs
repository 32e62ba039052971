using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Listing;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Jobs in the embedded database: one thread that writes, one that reads beside it (WAL lets them).</summary>
/// <param name="path">The file.</param>
/// <param name="groupDepth">How many groups may stand above a job (<see cref="JobLimits.GroupDepth"/>).</param>
internal sealed class SqliteJobStore(string path, int groupDepth) : SqlJobStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.jobs.sql", JobColumns.Places(parameter: "@", given: "@"));

    /// <summary>
    /// One try against another program's lock: who asked tries again, or answers, within <see cref="StorageOptions.QueueTime"/>.
    /// </summary>
    internal static readonly TimeSpan Try = TimeSpan.FromSeconds(1);

    private readonly SqliteThread _reader = new(path, "jobs reader", Try);

    public override int Writers => 1;

    public override IJobWriter OpenWriter() => new SqliteJobWriter(path, groupDepth);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    public override Task<JobPage> ListAsync(JobQuery query, PageLimits limits, CancellationToken cancellation) => ReadAsync(session =>
    {
        var (walk, budget) = (JobWalk.Of(query), new PageBudget(query.Limit, limits.Bytes));
        List<JobSnapshot> read = [];
        var reached = walk.IsWhole ? null : Scan(session, query, walk, limits.Scan, Take);
        if (walk.IsWhole)
            _ = SqliteJobList.Read(session, query, walk).All(Take);
        return Task.FromResult(JobRange.Page(query, read, budget, reached));

        bool Take(JobSnapshot job)
        {
            read.Add(job);
            return budget.Takes(JobBytes.Of(job));
        }
    }, cancellation);

    /// <summary>Looks at so many entries, and reads the jobs of those that fit until one is not taken any more.</summary>
    /// <returns>Where it ended while there were more; null: it was not for their number.</returns>
    private static JobId? Scan(SqlSession session, JobQuery query, JobWalk walk, int most, Func<JobSnapshot, bool> take)
    {
        var (looked, last) = (0, default(JobId?));
        foreach (var (id, fits) in SqliteJobList.Scan(session, query, walk))
        {
            if (looked++ == most)
                return last;
            // A job with several of the tags comes several times, one behind the other.
            var isNew = id != last;
            last = id;
            if (fits && isNew && ReadOne(session, id) is { } job && !take(job))
                return null;
        }
        return null;
    }

    private static JobSnapshot? ReadOne(SqlSession session, JobId id)
    {
        JobSnapshot? found = null;
        using var read = session.Command(Sql["read_jobs"], [("id", id.Value)]);
        using var rows = read.ExecuteReader();
        if (rows.Read())
            found = JobColumns.ReadSnapshot(new SqliteRow(rows));
        return found;
    }

    protected override Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation) =>
        _reader.RunAsync(connection => SqliteThread.Ended(work(new SqliteSession(Sql, connection))));
}
