using System.Data.Common;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;

namespace JobTracker.Tests.Support;

/// <summary>A migrated database of its own, and the store on it. One for each test class.</summary>
internal abstract class JobDatabase : IAsyncDisposable
{
    private IJobWriter? _writer;

    public abstract IJobStore Store { get; }

    public abstract IBatchStore Batches { get; }

    public abstract IAuditStore Audit { get; }

    public abstract IOperationStore Operations { get; }

    /// <summary>One writer for those who need no more.</summary>
    public IJobWriter Writer => _writer ??= Store.OpenWriter();

    public abstract Task<DbConnection> ConnectAsync();

    public async Task<JobWriteResult> WriteAsync(JobWrite write) => (await WriteAllAsync(write))[0];

    public Task<IReadOnlyList<JobWriteResult>> WriteAllAsync(params IReadOnlyList<JobWrite> batch) =>
        Writer.WriteAsync(batch, CancellationToken.None);

    public async Task<Job> InsertAsync(Job job)
    {
        var result = await WriteAsync(job.Insert());
        return result is JobWriteResult.Stored ? job : throw new InvalidOperationException($"{job.Snapshot.Id} is not stored: {result}");
    }

    /// <summary>The stored job; null: there is none.</summary>
    public async Task<Job?> ReadAsync(JobId id) => (await Store.ReadAsync([id], CancellationToken.None)).SingleOrDefault();

    /// <summary>The counts as the service keeps them: "status type" to number.</summary>
    public async Task<SortedDictionary<string, long>> CountsAsync(string organizationId)
    {
        var counts = await Store.CountAsync(organizationId, CancellationToken.None);
        return new(counts.ByStatusAndType.ToDictionary(entry => $"{entry.Status.Word} {entry.JobType}", entry => entry.Count),
            StringComparer.Ordinal);
    }

    /// <summary>The same, counted from the rows.</summary>
    public async Task<SortedDictionary<string, long>> RecountAsync(string organizationId)
    {
        var rows = await QueryAsync(
            $"select status || ' ' || job_type, count(*) from jobs where organization_id = '{organizationId}' group by 1");
        return new(rows.ToDictionary(row => (string)row[0], row => (long)row[1], StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public async Task<List<object[]>> QueryAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        return await QueryAsync(connection, sql);
    }

    public static async Task<List<object[]>> QueryAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_writer is not null)
            await _writer.DisposeAsync();
    }
}
