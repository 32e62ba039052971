using JobTracker.Callers;
using JobTracker.Grains;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.TestingHost;

namespace JobTracker.Tests.Integration.LateWrites;

/// <summary>A silo whose way to PostgreSQL can fall silent: what it sends comes later, when it has given up.</summary>
internal sealed class SilentCluster : IAsyncDisposable
{
    public static readonly Caller Caller = new("org-1", "user-1");

    private readonly PostgresPool _pool;

    private SilentCluster(PostgresJobDatabase database, FreezingProxy proxy, PostgresPool pool, InProcessTestCluster cluster) =>
        (Database, Proxy, _pool, Silos) = (database, proxy, pool, cluster);

    /// <summary>The database, by a way that never falls silent.</summary>
    public PostgresJobDatabase Database { get; }

    public FreezingProxy Proxy { get; }

    public InProcessTestCluster Silos { get; }

    public IGrainFactory Grains => Silos.Client;

    public static async Task<SilentCluster> StartAsync()
    {
        var database = await PostgresJobDatabase.CreateAsync();
        var address = new NpgsqlConnectionStringBuilder(database.Address);
        var proxy = FreezingProxy.Start(address.Port);
        var pool = PostgresPool.Open(new NpgsqlConnectionStringBuilder(database.Address)
        { Host = "127.0.0.1", Port = proxy.Port, CommandTimeout = 1 }.ConnectionString);
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddJobs(pool);
            silo.UseSystemTextJsonGrainStorageSerializer()
                .AddAdoNetGrainStorage("state", options => (options.Invariant, options.DataSource) = ("Npgsql", pool));
            silo.Services.PostConfigure<CallbackOptions>(callbacks => callbacks.AllowedNetworks.Add("127.0.0.0/8"));
            silo.Services.PostConfigure<StorageOptions>(storage =>
                (storage.QueueTime, storage.StatementTimeout, storage.Writers) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), 1));
        });
        builder.ConfigureHost(host => host.Logging.ToSuite(Log()));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new SilentCluster(database, proxy, pool, cluster);
    }

    private static HostLog Log()
    {
        var log = new HostLog();
        log.Expect("JobTracker.Grains.", "the database is silent");
        log.Expect("Orleans.Storage.AdoNetGrainStorage", "the database is silent");
        return log;
    }

    /// <summary>Done when all that was held back has come to the server, and the server is done with it.</summary>
    public Task ThawAsync()
    {
        _pool.Clear();
        return Proxy.ThawAsync().Soon();
    }

    public async ValueTask DisposeAsync()
    {
        Proxy.Refuses = false;
        await Silos.DisposeAsync();
        await _pool.DisposeAsync();
        await Proxy.DisposeAsync();
        await Database.DisposeAsync();
    }
}
