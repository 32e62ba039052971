using System.Data.Common;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using Npgsql;

namespace JobTracker.Tests.Support;

/// <summary>A database of its own on a PostgreSQL server.</summary>
internal sealed class PostgresJobDatabase : JobDatabase
{
    private readonly PostgresPool _pool;

    /// <summary>Of the test's own: what it sets in a session, the service's never see.</summary>
    private readonly NpgsqlDataSource _own;

    private PostgresJobDatabase(PostgresPool pool, NpgsqlDataSource own, StorageOptions options)
    {
        (_pool, _own) = (pool, own);
        Store = new PostgresJobStore(pool, options, new JobLimits().GroupDepth);
        Batches = new PostgresBatchStore(pool);
        Audit = new PostgresAuditStore(pool);
        Operations = new PostgresOperationStore(pool);
    }

    public override IJobStore Store { get; }

    public PostgresPool Pool => _pool;

    /// <summary>The test's own way to it.</summary>
    public string Address => _own.ConnectionString;

    public override IBatchStore Batches { get; }

    public override IAuditStore Audit { get; }

    public override IOperationStore Operations { get; }

    public static async Task<PostgresJobDatabase> CreateAsync(PostgresServer? server = null, StorageOptions? options = null)
    {
        server ??= await PostgresServer.Shared;
        var address = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        return Over(address, address, options);
    }

    /// <param name="through">Where the service reaches the database, which may be another way than the test's.</param>
    public static PostgresJobDatabase Over(string address, string through, StorageOptions? options = null) =>
        new(PostgresPool.Open(through), NpgsqlDataSource.Create(address), options ?? new StorageOptions());

    public override async Task<DbConnection> ConnectAsync() => await _own.OpenConnectionAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _pool.DisposeAsync();
        await _own.DisposeAsync();
    }
}
