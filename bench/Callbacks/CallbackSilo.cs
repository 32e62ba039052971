using System.Net;
using JobTracker.Bench.Lifecycle;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace JobTracker.Bench.Callbacks;

/// <summary>A whole silo in this process, on a PostgreSQL database of its own, that may call receivers on loopback addresses.</summary>
internal sealed class CallbackSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly PostgresPool _database;

    private CallbackSilo(IHost host, PostgresPool database)
    {
        (_host, _database) = (host, database);
        Jobs = new EndingJobs(host.Services.GetRequiredService<IGrainFactory>());
    }

    public EndingJobs Jobs { get; }

    public static async Task<CallbackSilo> StartAsync(PostgresServer server)
    {
        var database = PostgresPool.Open(await GrainContender.NewDatabaseAsync(server));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([
            new("Storage:SqlitePath", Path.Combine(Path.GetTempPath(), "jobtracker-bench-unused.db")),
            new("Callbacks:AllowedNetworks:0", "127.0.0.0/8"),
        ]);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("bench", "bench"))
            .ConfigureEndpoints(IPAddress.Loopback, LoopbackPort.Free(), LoopbackPort.Free())
            .UsePostgres(database)
            .AddJobs(database)
            .AddSweeper());
        var host = builder.Build();
        await host.StartAsync();
        return new CallbackSilo(host, database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }
}
