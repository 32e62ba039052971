using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

/// <summary>A cluster of its own: its silos do not survive the tests.</summary>
public sealed class SiloLossTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private const int Jobs = 24;

    [Fact(Timeout = 120_000)]
    public async Task Watches_and_workers_outlive_a_silo_and_miss_no_end()
    {
        var tracker = cluster.Tracker();
        var worker = cluster.Tracker(userId: "worker");
        var began = new CountdownEvent(2 * Jobs);
        var allBegan = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => worker.CreateAsync(new CreateJob())));
        var watches = jobs.Select(job => WatchAsync(tracker.Job(job.Id))).ToList();
        var runs = jobs.Select(job => job.RunAsync(async (run, cancellation) =>
        {
            Began();
            await goOn.Task;
            await run.ReportProgressAsync(1, total: 1, cancellation: cancellation);
        }, cancellation: TestContext.Current.CancellationToken)).ToList();
        await allBegan.Task;

        cluster.Log.Expect("Orleans.", "a silo is killed");
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);
        goOn.SetResult();

        Assert.All(await Task.WhenAll(runs), result => Assert.True(result.Won));
        foreach (var (watch, run) in (await Task.WhenAll(watches)).Zip(await Task.WhenAll(runs)))
        {
            Assert.Equivalent(run.Job, watch[^1], strict: true);
            Assert.Equal(watch.Select(seen => seen.Version).Distinct().Order(), watch.Select(seen => seen.Version));
        }

        async Task<List<JobSnapshot>> WatchAsync(JobHandle job)
        {
            var seen = new List<JobSnapshot>();
            await foreach (var snapshot in job.WatchAsync(cancellation: TestContext.Current.CancellationToken))
            {
                if (seen.Count == 0)
                    Began();
                seen.Add(snapshot);
            }

            return seen;
        }

        void Began()
        {
            if (began.Signal())
                allBegan.SetResult();
        }
    }
}
