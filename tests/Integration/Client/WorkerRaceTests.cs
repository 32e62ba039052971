using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

public sealed class WorkerRaceTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private readonly IJobTracker _tracker = cluster.Tracker(userId: "worker");

    [Fact]
    public async Task Of_eight_workers_of_one_user_that_race_for_a_job_exactly_one_runs_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var job = await _tracker.CreateAsync(new CreateJob());
            var runs = 0;
            var allTried = new TaskCompletionSource();
            var racing = 8;

            var workers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RaceAsync()));

            Assert.Equal((1, 1), (runs, workers.Count(won => won)));

            async Task<bool> RaceAsync()
            {
                try
                {
                    return (await job.RunAsync(async (_, _) =>
                    {
                        Interlocked.Increment(ref runs);
                        Tried();
                        await allTried.Task;
                    })).Won;
                }
                catch (JobNotRunnableException)
                {
                    Tried();
                    return false;
                }
            }

            void Tried()
            {
                if (Interlocked.Decrement(ref racing) == 0)
                    allTried.SetResult();
            }
        }
    }

    [Fact]
    public async Task Of_a_cancel_and_a_completion_one_wins_and_both_agree_which()
    {
        for (var round = 0; round < 100; round++)
        {
            var job = await _tracker.CreateAsync(new CreateJob());
            Task<JobOutcome>? cancel = null;
            var result = await job.RunAsync((_, _) =>
            {
                cancel = _tracker.TryCancelAsync(job.Id, cancellation: CancellationToken.None);
                return Task.CompletedTask;
            });

            var cancelWon = await cancel! is JobOutcome.Accepted;

            Assert.NotEqual(cancelWon, result.Won);
            Assert.Equal(cancelWon ? JobStatus.Cancelled : JobStatus.Completed, result.Job.Status);
            Assert.Equivalent(await job.GetAsync(), result.Job, strict: true);
        }
    }
}
