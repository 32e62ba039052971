using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Listing;
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

    public override async Task<JobPage> ListAsync(JobQuery query, PageLimits limits, CancellationToken cancellation)
    {
        if (!JobFilters.StatusesOf(query).Any())
            return new JobPage([], HasNext: false, HasPrevious: false);
        var isWhole = JobWalk.Of(query).IsWhole;
        var budget = new PageBudget(query.Limit, limits.Bytes);
        var left = limits.Scan;
        JobId? reached = null, told = null;
        var read = await budget.FillAsync<JobSnapshot>(JobBytes.Of, async (last, rows, take) =>
        {
            if (left == 0)
                return;
            var (step, scan) = (JobRange.Behind(query, last?.Id) with { Limit = rows - 1 }, left);
            await ReadAsync(
                async session =>
                {
                    var list = session.Command(PostgresJobList.Text(step), PostgresJobList.Values(step, scan));
                    await session.WalkAsync(list, row => isWhole ? take(JobColumns.ReadSnapshot(row)) : Look(row, take), cancellation);
                    return rows;
                },
                cancellation);

            bool Look(SqlRow row, Func<JobSnapshot, bool> takes)
            {
                var job = JobColumns.ReadSnapshot(row);
                left = scan - (int)row.Number(JobColumns.Width);
                if (left == 0)
                    reached = job.Id;
                if (!row.Flag(JobColumns.Width + 1) || told == job.Id)
                    return true;
                told = job.Id;
                return takes(job);
            }
        });
        return JobRange.Page(query, read, budget, reached);
    }

    protected override async Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await work(new PostgresSession(Sql, connection, transaction: null, (int)options.StatementTimeout.TotalSeconds));
    }
}
