using System.Collections.Immutable;
using JobTracker.Grains;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JobTracker.Bench.Lifecycle;

/// <summary>The same job grain and the same load; only the storage named "jobs" differs.</summary>
internal static class GrainContender
{
    private static readonly string UnusedFile = Path.Combine(Path.GetTempPath(), "jobtracker-bench-unused.db");

    /// <param name="more">What else the silo has.</param>
    public static async Task<double> OnJobTrackerAsync(
        PostgresServer server, int concurrency, TimeSpan duration, Action<ISiloBuilder>? more = null)
    {
        await using var database = PostgresPool.Open(await NewDatabaseAsync(server));
        return await MeasureAsync(
            silo =>
            {
                silo.AddJobs(database);
                more?.Invoke(silo);
            },
            concurrency,
            duration);
    }

    /// <summary>Creates alone, each job with these tags.</summary>
    public static async Task<double> OfCreatesAsync(
        PostgresServer server, int concurrency, TimeSpan duration, params ImmutableArray<string> tags)
    {
        await using var database = PostgresPool.Open(await NewDatabaseAsync(server));
        return await MeasureAsync(silo => silo.AddJobs(database), concurrency, duration, tags);
    }

    public static async Task<double> OnAdoNetAsync(PostgresServer server, int concurrency, TimeSpan duration)
    {
        var settings = new NpgsqlConnectionStringBuilder(await NewDatabaseAsync(server))
        { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2, MaxPoolSize = 64 };
        await using var database = NpgsqlDataSource.Create(settings);
        return await MeasureAsync(
            silo => AddJobRules(silo)
                .UseSystemTextJsonGrainStorageSerializer()
                .AddAdoNetGrainStorage(JobGrainStorage.Name, storage => (storage.Invariant, storage.DataSource) = ("Npgsql", database)),
            concurrency,
            duration);
    }

    public static Task<double> OnMemoryAsync(int concurrency, TimeSpan duration) => MeasureAsync(
        silo => AddJobRules(silo).UseSystemTextJsonGrainStorageSerializer().AddMemoryGrainStorage(JobGrainStorage.Name),
        concurrency,
        duration);

    public static IHost NewHost(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [new("Storage:SqlitePath", UnusedFile)]);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(LoopbackPort.Free(), LoopbackPort.Free(), serviceId: "bench", clusterId: "bench");
            configure(silo);
        });
        return builder.Build();
    }

    /// <summary>Grains look keys up in a store of jobs, too. This load has no keys, so that it is never opened.</summary>
    private static ISiloBuilder AddJobRules(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IJobStore>(_ => new SqliteJobStore(UnusedFile, new JobLimits().GroupDepth));
        return silo.AddJobRules();
    }

    public static async Task<string> NewDatabaseAsync(PostgresServer server) =>
        server.ConnectionString(await server.CreateMigratedDatabaseAsync());

    private static async Task<double> MeasureAsync(
        Action<ISiloBuilder> configure, int concurrency, TimeSpan duration, ImmutableArray<string>? tags = null)
    {
        using var host = NewHost(configure);
        await host.StartAsync();
        var load = new JobLoad(host.Services.GetRequiredService<IGrainFactory>(), concurrency, tags);
        await load.RunAsync(TimeSpan.FromSeconds(3));
        var (start, allocated, used) =
            (TimeProvider.System.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        var perSecond = await load.RunAsync(duration);
        var jobs = perSecond * TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Figures.Figure("allocated", (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1000.0 / jobs, "KB/job");
        Figures.Figure("processor_time", (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / jobs, "us/job");
        await host.StopAsync();
        return perSecond;
    }
}
