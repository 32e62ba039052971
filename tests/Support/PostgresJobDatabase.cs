using System.Data.Common;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.PostgreSql;
using Npgsql;

namespace JobTracker.Tests.Support;

/// <summary>A database of its own on a PostgreSQL server.</summary>
internal sealed class PostgresJobDatabase : JobDatabase
{
    private readonly NpgsqlDataSource _pool;

    private PostgresJobDatabase(NpgsqlDataSource pool, StorageOptions options)
    {
        _pool = pool;
        Store = new PostgresJobStore(pool, options);
        Batches = new PostgresBatchStore(pool);
        Audit = new PostgresAuditStore(pool);
    }

    public override IJobStore Store { get; }

    public NpgsqlDataSource Pool => _pool;

    public override IBatchStore Batches { get; }

    public override IAuditStore Audit { get; }

    public static async Task<PostgresJobDatabase> CreateAsync(PostgresServer? server = null, StorageOptions? options = null)
    {
        server ??= await PostgresServer.Shared;
        var pool = PostgresPool.Open(server.ConnectionString(await server.CreateMigratedDatabaseAsync()));
        return new PostgresJobDatabase(pool, options ?? new StorageOptions());
    }

    public override async Task<DbConnection> ConnectAsync() => await _pool.OpenConnectionAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _pool.DisposeAsync();
    }
}
