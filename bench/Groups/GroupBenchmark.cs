using JobTracker.Bench.Lifecycle;
using JobTracker.Callers;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Bench.Groups;

/// <summary>
/// One group with very many children, on PostgreSQL: how fast they are made and end, how long its view takes meanwhile, and how long after
/// its last child it has ended.
/// </summary>
internal static class GroupBenchmark
{
    private static readonly Caller Caller = new("org-group", "user-bench");
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(BenchOptions options)
    {
        var children = options.Get("children", 100_000);
        var together = options.Get("together", 256);
        await using var server = await PostgresServer.StartAsync();
        await using var database = PostgresPool.Open(await GrainContender.NewDatabaseAsync(server));
        using var host = GrainContender.NewHost(silo => silo.AddJobs(database).UseInMemoryReminderService().AddSweeper());
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var clock = TimeProvider.System;
        var id = JobId.New(clock);
        await grains.CreateNewJobAsync(id, Caller, new CreateJob { JobType = "group", Group = new NewGroup() });

        var ids = Enumerable.Range(0, children).Select(_ => JobId.New(clock)).ToArray();
        var began = clock.GetTimestamp();
        var create = new CreateJob { Status = JobStatus.Running, ParentId = id };
        await EachAsync(ids, together, child => grains.CreateNewJobAsync(child, Caller, create));
        Figures.Figure("group_created", children / clock.GetElapsedTime(began).TotalSeconds, "jobs/s");

        var group = grains.GetGrain<IJobGrain>(id.ToString());
        await group.UpdateAsync(Caller, new UpdateJob { Seal = true });
        began = clock.GetTimestamp();
        var ending = EachAsync(
            ids, together, child =>
                grains.GetGrain<IJobGrain>(child.ToString()).UpdateAsync(Caller, new UpdateJob { Status = JobStatus.Completed }));
        var views = await ViewsAsync(group, ending);
        await ending;
        var last = clock.GetUtcNow();
        Figures.Figure("group_ended", children / clock.GetElapsedTime(began).TotalSeconds, "jobs/s");
        var snapshot = (await group.GetAsync(Caller))!;
        while (!snapshot.Status.IsTerminal)
            snapshot = (await group.WaitForChangeAsync(Caller, snapshot.Version, TimeSpan.FromSeconds(5), CancellationToken.None))
                ?.Snapshots.LastOrDefault() ?? snapshot;
        await host.StopAsync();

        Console.WriteLine($"{children} children; the group is {snapshot.Status.Word} with {snapshot.Children!.Completed} completed");
        Figures.Figure("group_view_p50", views.Percentile(50), "ms");
        Figures.Figure("group_view_p99", views.Percentile(99), "ms");
        Figures.Figure("group_end_after_last_child", (snapshot.CompletedAt!.Value - last).TotalSeconds, "s");
    }

    private static Task EachAsync(JobId[] ids, int together, Func<JobId, Task> work) => Parallel.ForEachAsync(
        ids, new ParallelOptions { MaxDegreeOfParallelism = together }, async (id, _) => await work(id));

    /// <summary>Reads the group again and again until the task is done: how long each read took, in milliseconds.</summary>
    private static async Task<List<double>> ViewsAsync(IJobGrain group, Task until)
    {
        var clock = TimeProvider.System;
        List<double> views = [];
        while (!until.IsCompleted)
        {
            var asked = clock.GetTimestamp();
            await group.GetAsync(Caller);
            views.Add(clock.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(Look, clock);
        }

        return views;
    }
}
