using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Jobs in the embedded database: one thread that writes, one that reads beside it (WAL lets them).</summary>
internal sealed class SqliteJobStore(string path) : IJobStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.jobs.sql");

    private readonly SqliteThread _reader = new(path, "jobs reader");

    public int Writers => 1;

    public IJobWriter OpenWriter() => new SqliteJobWriter(path);

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    public Task<IReadOnlyList<Job>> ReadAsync(
        IReadOnlyList<JobId> ids, CancellationToken cancellation) => RunAsync<IReadOnlyList<Job>>(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql["read_job"];
        var id = command.Parameters.Add("id", SqliteType.Text);
        return [.. ids.SelectMany(wanted =>
        {
            id.Value = SqliteJobRow.Text(wanted);
            return Rows(command, SqliteJobRow.Read);
        })];
    });

    public Task<JobWriteResult.KeyTaken?> FindKeyAsync(
        string organizationId, string key, CancellationToken cancellation) => RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql["find_idempotency_key"];
        command.Parameters.AddWithValue("organization_id", organizationId);
        command.Parameters.AddWithValue("idempotency_key", key);
        return Rows(command, row => new JobWriteResult.KeyTaken(SqliteJobRow.Id(row, 0)!.Value, row.GetString(1))).SingleOrDefault();
    });

    public Task<JobPage> ListAsync(JobQuery query, long pageBytes, CancellationToken cancellation) => RunAsync(connection =>
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        List<JobSnapshot> read = [];
        foreach (var job in SqliteJobList.Read(connection, query))
        {
            read.Add(job);
            if (!budget.Takes(JobBytes.Of(job)))
                break;
        }

        return JobRange.Page(query, read, budget);
    });

    public Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation) => RunAsync(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql["count_jobs"];
        command.Parameters.AddWithValue("organization_id", organizationId);
        return new JobCounts(
            [.. Rows(command, row => new JobCount(JobStatus.FromWord(row.GetString(0))!.Value, row.GetString(1), row.GetInt64(2)))]);
    });

    public Task<IReadOnlyList<DueJob>> ReadDueAsync(
        DateTimeOffset now, DueJob after, int limit, CancellationToken cancellation) => RunAsync<IReadOnlyList<DueJob>>(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql["read_due_jobs"];
        command.Parameters.AddWithValue("now", SqliteJobRow.Microseconds(now));
        command.Parameters.AddWithValue("after_due_at", SqliteJobRow.Microseconds(after.DueAt));
        command.Parameters.AddWithValue("after_id", SqliteJobRow.Text(after.Id));
        command.Parameters.AddWithValue("limit", limit);
        return Rows(command, row => new DueJob(SqliteJobRow.Time(row, 0)!.Value, SqliteJobRow.Id(row, 1)!.Value));
    });

    public Task<IReadOnlyList<WalkedJob>> WalkAsync(
        JobId after, JobId before, int limit, CancellationToken cancellation) => RunAsync<IReadOnlyList<WalkedJob>>(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql["walk_jobs"];
        command.Parameters.AddWithValue("low", SqliteJobRow.Text(after));
        command.Parameters.AddWithValue("high", SqliteJobRow.Text(before));
        command.Parameters.AddWithValue("limit", limit);
        return Rows(command, row => new WalkedJob(
            SqliteJobRow.Id(row, 0)!.Value, JobStatus.FromWord(row.GetString(1))!.Value, SqliteJobRow.Time(row, 2)));
    });

    internal static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private async Task<T> RunAsync<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return await _reader.RunAsync(work);
        }
        catch (SqliteException problem)
        {
            throw new JobStoreException(JobStoreFault.Unavailable, problem.Message, problem);
        }
    }
}
