using JobTracker.Client;
using JobTracker.Grains;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace JobTracker.Tests.Integration.Client;

/// <summary>Two silos in this process on a PostgreSQL database of their own, and clients of any organization.</summary>
public sealed class ClientCluster : IAsyncLifetime
{
    private readonly List<ServiceProvider> _clients = [];
    private PostgresPool? _database;

    internal InProcessTestCluster Silos { get; private set; } = null!;

    internal HostLog Log { get; } = new();

    internal LostAnswers Lost { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.Shared;
        _database = PostgresPool.Open(server.ConnectionString(await server.CreateMigratedDatabaseAsync()));
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddJobs(_database);
            silo.UseSystemTextJsonGrainStorageSerializer()
                .AddAdoNetGrainStorage("state", options => (options.Invariant, options.DataSource) = ("Npgsql", _database));
            silo.Services.PostConfigure<CallbackOptions>(callbacks => callbacks.AllowedNetworks.Add("127.0.0.0/8"));
            silo.AddIncomingGrainCallFilter(Lost);
        });
        builder.ConfigureHost(host => host.Logging.ToSuite(Log));
        Silos = builder.Build();
        await Silos.DeployAsync();
    }

    /// <summary>A client as an application gets it, with pauses that suit a test.</summary>
    public IJobTracker Tracker(string organizationId = "org-1", string userId = "user-1", int maxAttempts = 10)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IGrainFactory>(Silos.Client);
        services.AddJobTrackerClient(options =>
        {
            options.OrganizationId = organizationId;
            options.UserId = userId;
            options.MaxAttempts = maxAttempts;
            options.FirstPause = TimeSpan.FromMilliseconds(10);
            options.LongestPause = TimeSpan.FromMilliseconds(500);
        });
        var client = services.BuildServiceProvider();
        _clients.Add(client);
        return client.GetRequiredService<IJobTracker>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Silos.StopAllSilosAsync();
        await Silos.DisposeAsync();
        await _database!.DisposeAsync();
    }
}
