using JobTracker.Grains.Storage.Migrations;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering;
using JobTracker.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>A migrated database with a silo on it, for one test class.</summary>
public abstract class OrleansDatabase : IAsyncLifetime
{
    internal TestSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await CreateAsync();
        Silo = await TestSilo.StartAsync(Configure);
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await DropAsync();
        GC.SuppressFinalize(this);
    }

    internal async Task RestartSiloAsync()
    {
        await Silo.DisposeAsync();
        Silo = await TestSilo.StartAsync(Configure);
    }

    internal abstract void Configure(ISiloBuilder silo);

    private protected abstract Task CreateAsync();

    private protected abstract Task DropAsync();
}

public sealed class PostgresOrleansDatabase : OrleansDatabase
{
    internal PostgresPool Database { get; private set; } = null!;

    internal override void Configure(ISiloBuilder silo) => silo.UsePostgres(Database);

    private protected override async Task CreateAsync()
    {
        var server = await PostgresServer.Shared;
        Database = PostgresPool.Open(server.ConnectionString(await server.CreateMigratedDatabaseAsync()));
    }

    private protected override async Task DropAsync() => await Database.DisposeAsync();
}

public sealed class SqliteOrleansDatabase : OrleansDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-orleans-");

    private string DatabasePath => Path.Combine(_folder.FullName, "test.db");

    internal override void Configure(ISiloBuilder silo) => silo
        .UseLocalhostClustering(LoopbackPort.Free(), LoopbackPort.Free(), primarySiloEndpoint: null, TestSilo.ServiceId, TestSilo.ClusterId)
        .UseEmbedded(DatabasePath);

    private protected override Task CreateAsync() =>
        Migrator.ForSqlite(DatabasePath, NullLogger.Instance, TimeProvider.System).ApplyAsync(CancellationToken.None);

    private protected override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
