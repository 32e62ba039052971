using JobTracker.Grains;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace JobTracker.Tests.Integration.Support;

/// <summary>
/// Silos and a client in this process, over a database of their own. The store is the real one, behind a connection that a test may break.
/// </summary>
internal sealed class JobCluster : IAsyncDisposable
{
    private JobCluster(JobDatabase database, FaultyStore store, InProcessTestCluster orleans)
    {
        Database = database;
        Store = store;
        Orleans = orleans;
    }

    public JobDatabase Database { get; }

    public FaultyStore Store { get; }

    public InProcessTestCluster Orleans { get; }

    public IClusterClient Client => Orleans.Client;

    public IJobCatalogGrain Catalog => Client.GetGrain<IJobCatalogGrain>(0);

    /// <summary>One silo on the embedded database.</summary>
    public static async Task<JobCluster> OnSqliteAsync(Action<ISiloBuilder>? configure = null) =>
        await StartAsync(await SqliteJobDatabase.CreateAsync(), silos: 1, configure);

    /// <summary>Silos that share a database on a real PostgreSQL server.</summary>
    public static async Task<JobCluster> OnPostgresAsync(short silos = 2, Action<ISiloBuilder>? configure = null) =>
        await StartAsync(await PostgresJobDatabase.CreateAsync(), silos, configure);

    public IJobGrain Job(JobId id) => Client.GetGrain<IJobGrain>(id.ToString());

    /// <summary>The grain factory of each process of the cluster: calls through different ones come by different ways.</summary>
    public IReadOnlyList<IGrainFactory> Doors =>
        [Client, .. Orleans.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<IGrainFactory>())];

    public async ValueTask DisposeAsync()
    {
        Store.Recover();
        // In good order, as a silo that is told to: what a killed one says would be noise.
        await Orleans.StopAllSilosAsync();
        await Orleans.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task<JobCluster> StartAsync(JobDatabase database, short silos, Action<ISiloBuilder>? configure)
    {
        var store = new FaultyStore(database.Store);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureHost(host => host.Logging.ToSuite());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IJobStore>(store);
            silo.Services.AddSingleton(database.Batches);
            silo.Services.AddSingleton(database.Audit);
            silo.AddJobs();
            silo.AddAudit();
            silo.AddState(database);
            configure?.Invoke(silo);
            StorageKeepsTime(silo.Services);
        });
        var orleans = builder.Build();
        await orleans.DeployAsync();
        return new JobCluster(database, store, orleans);
    }

    /// <summary>
    /// A test that moves the cluster's clock means jobs and callbacks: a write that waited meanwhile has not waited for hours.
    /// </summary>
    private static void StorageKeepsTime(IServiceCollection services)
    {
        services.AddSingleton(new Outage(TimeProvider.System));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GroupCommit>(provider, TimeProvider.System));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GroupRead>(provider, TimeProvider.System));
    }
}
