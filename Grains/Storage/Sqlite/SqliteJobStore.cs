using JobTracker.Grains.Storage.Jobs;
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

    public override Task<JobPage> ListAsync(JobQuery query, long pageBytes, CancellationToken cancellation) => ReadAsync(session =>
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        List<JobSnapshot> read = [];
        foreach (var job in SqliteJobList.Read(session, query))
        {
            read.Add(job);
            if (!budget.Takes(JobBytes.Of(job)))
                break;
        }

        return Task.FromResult(JobRange.Page(query, read, budget));
    }, cancellation);

    protected override Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation) =>
        _reader.RunAsync(connection => SqliteThread.Ended(work(new SqliteSession(Sql, connection))));
}
