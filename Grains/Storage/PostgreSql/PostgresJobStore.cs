using System.Data.Common;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Jobs in PostgreSQL.</summary>
internal sealed class PostgresJobStore(NpgsqlDataSource database, StorageOptions options) : IJobStore
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.jobs.sql");

    /// <summary>How many rows of counts an organization, type and status may have: writers beyond that share.</summary>
    private const int Slots = 64;

    private int _slot = Random.Shared.Next(Slots);

    public int Writers => options.Writers;

    public IJobWriter OpenWriter() => new PostgresJobWriter(database, options, (int)((uint)Interlocked.Increment(ref _slot) % Slots));

    public Task<IReadOnlyList<Job>> ReadAsync(IReadOnlyList<JobId> ids, CancellationToken cancellation) =>
        QueryAsync(
            Sql["read_jobs"],
            command => command.Parameters.AddWithValue("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, ids.Select(id => id.Value).ToArray()),
            PostgresJobRow.Read,
            cancellation);

    public async Task<JobWriteResult.KeyTaken?> FindKeyAsync(string organizationId, string key, CancellationToken cancellation)
    {
        var holders = await QueryAsync(
            Sql["find_idempotency_key"],
            command =>
            {
                command.Parameters.AddWithValue("organization_id", organizationId);
                command.Parameters.AddWithValue("idempotency_key", key);
            },
            row => new JobWriteResult.KeyTaken(new JobId(row.GetGuid(0)), row.GetString(1)),
            cancellation);
        return holders.SingleOrDefault();
    }

    public async Task<JobPage> ListAsync(JobQuery query, long pageBytes, CancellationToken cancellation)
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        var read = await budget.FillAsync<JobSnapshot>(JobBytes.Of, (last, rows, take) =>
        {
            var step = JobRange.Behind(query, last?.Id) with { Limit = rows - 1 };
            return WalkAsync(
                PostgresJobList.Text(step), command =>
                    PostgresJobList.Bind(command, step), row => take(PostgresJobRow.ReadSnapshot(row)), cancellation);
        });
        return JobRange.Page(query, read, budget);
    }

    public async Task<JobCounts> CountAsync(string organizationId, CancellationToken cancellation)
    {
        var counts = await QueryAsync(
            Sql["count_jobs"],
            command => command.Parameters.AddWithValue("organization_id", organizationId),
            row => new JobCount(JobStatus.FromWord(row.GetString(0))!.Value, row.GetString(1), row.GetInt64(2)),
            cancellation);
        return new JobCounts([.. counts]);
    }

    public Task<IReadOnlyList<DueJob>> ReadDueAsync(DateTimeOffset now, DueJob after, int limit, CancellationToken cancellation) =>
        QueryAsync(
            Sql["read_due_jobs"],
            command =>
            {
                command.Parameters.AddWithValue("now", now.UtcDateTime);
                command.Parameters.AddWithValue("after_due_at", after.DueAt.UtcDateTime);
                command.Parameters.AddWithValue("after_id", after.Id.Value);
                command.Parameters.AddWithValue("limit", (long)limit);
            },
            row => new DueJob(PostgresJobRow.Time(row, 0)!.Value, new JobId(row.GetGuid(1))),
            cancellation);

    public Task<IReadOnlyList<WalkedJob>> WalkAsync(JobId after, JobId before, int limit, CancellationToken cancellation) =>
        QueryAsync(
            Sql["walk_jobs"],
            command =>
            {
                command.Parameters.AddWithValue("low", after.Value);
                command.Parameters.AddWithValue("high", before.Value);
                command.Parameters.AddWithValue("limit", (long)limit);
            },
            row => new WalkedJob(new JobId(row.GetGuid(0)), JobStatus.FromWord(row.GetString(1))!.Value, PostgresJobRow.Time(row, 2)),
            cancellation);

    private async Task<IReadOnlyList<T>> QueryAsync<T>(
        string text, Action<NpgsqlCommand> bind, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var result = new List<T>();
        await WalkAsync(
            text,
            bind,
            row =>
            {
                result.Add(read(row));
                return true;
            },
            cancellation);
        return result;
    }

    /// <summary>Takes row after row until one is not taken any more.</summary>
    private async Task WalkAsync(string text, Action<NpgsqlCommand> bind, Func<NpgsqlDataReader, bool> take, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand(text);
            command.CommandTimeout = (int)options.StatementTimeout.TotalSeconds;
            bind(command);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation) && take(rows))
            {
                // What a row is for is the taker's.
            }
        }
        catch (Exception problem) when (problem is DbException or TimeoutException or IOException)
        {
            throw new JobStoreException(JobStoreFault.Unavailable, problem.Message, problem);
        }
    }
}
