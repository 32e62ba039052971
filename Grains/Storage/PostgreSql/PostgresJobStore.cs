using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Jobs in PostgreSQL.</summary>
/// <param name="groupDepth">How many groups may stand above a job (<see cref="JobLimits.GroupDepth"/>).</param>
internal sealed class PostgresJobStore(PostgresPool database, StorageOptions options, int groupDepth) : SqlJobStore
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.jobs.sql", JobColumns.Places(parameter: "@new_", given: "change."));

    /// <summary>How many rows of counts an organization, type and status may have: writers beyond that share.</summary>
    private const int Slots = 64;

    private int _slot = Random.Shared.Next(Slots);

    public override int Writers => options.Writers;

    public override IJobWriter OpenWriter() =>
        new PostgresJobWriter(database, options, (int)((uint)Interlocked.Increment(ref _slot) % Slots), groupDepth);

    public override async Task<JobPage> ListAsync(JobQuery query, long pageBytes, CancellationToken cancellation)
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        var read = await budget.FillAsync<JobSnapshot>(JobBytes.Of, (last, rows, take) => ReadAsync(
            async session =>
            {
                var step = JobRange.Behind(query, last?.Id) with { Limit = rows - 1 };
                var list = session.Command(PostgresJobList.Text(step), [.. JobFilters.Values(step)]);
                await session.WalkAsync(list, row => take(JobColumns.ReadSnapshot(row)), cancellation);
                return rows;
            },
            cancellation));
        return JobRange.Page(query, read, budget);
    }

    protected override async Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await work(new PostgresSession(Sql, connection, transaction: null, (int)options.StatementTimeout.TotalSeconds));
    }
}
