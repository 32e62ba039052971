using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>A PostgreSQL database that the service reaches through a pooler which lends a session for one transaction.</summary>
public sealed class PooledJobFixture : JobDatabaseFixture
{
    private PoolerProcess? _pooler;

    internal PostgresJobDatabase Pooled => (PostgresJobDatabase)Database;

    internal override async Task<JobDatabase> CreateAsync()
    {
        var server = await PostgresServer.Shared;
        _pooler = await PoolerProcess.StartAsync(server);
        var address = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        return PostgresJobDatabase.Over(address, _pooler.Through(address));
    }

    private protected override ValueTask EndAsync() => _pooler?.DisposeAsync() ?? default;
}

/// <summary>The same, with a silo on it.</summary>
public sealed class PooledOrleansDatabase : OrleansDatabase
{
    private PoolerProcess _pooler = null!;
    private PostgresPool _pool = null!;

    internal override void Configure(ISiloBuilder silo) => silo.UsePostgres(_pool);

    private protected override async Task CreateAsync()
    {
        var server = await PostgresServer.Shared;
        _pooler = await PoolerProcess.StartAsync(server);
        _pool = PostgresPool.Open(_pooler.Through(server.ConnectionString(await server.CreateMigratedDatabaseAsync())));
    }

    private protected override async Task DropAsync()
    {
        await _pool.DisposeAsync();
        await _pooler.DisposeAsync();
    }
}
