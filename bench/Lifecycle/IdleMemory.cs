using JobTracker.Callers;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Bench.Lifecycle;

/// <summary>What an activated job that nobody talks to costs.</summary>
internal static class IdleMemory
{
    public static async Task ReportAsync(PostgresServer server, int jobs)
    {
        await using var database = PostgresPool.Open(await GrainContender.NewDatabaseAsync(server));
        using var host = GrainContender.NewHost(silo => silo.AddJobs(database));
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await CreateAsync(grains, 1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await CreateAsync(grains, jobs);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Figures.Figure("idle_jobs", jobs, "jobs");
        Figures.Figure("idle_job_memory", (after - before) / 1024.0 / jobs, "KiB/job");
        Figures.Figure("idle_jobs_memory", (after - before) / 1024.0 / 1024.0, "MiB");
        await host.StopAsync();
    }

    private static async Task CreateAsync(IGrainFactory grains, int jobs)
    {
        var caller = new Caller("org-bench", "user-bench");
        foreach (var some in Enumerable.Range(0, jobs).Chunk(1000))
        {
            await Task.WhenAll(some.Select(_ =>
                grains.GetGrain<IJobGrain>(JobId.New(TimeProvider.System).ToString())
                    .CreateAsync(caller, new CreateJob { Status = JobStatus.Running })));
        }
    }
}
