using JobTracker.Client;
using JobTracker.Client.Running;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

public sealed class HeartbeatTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private const int TestTimeout = 60_000;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly IJobTracker _tracker = cluster.Tracker();

    [Fact(Timeout = TestTimeout)]
    public async Task A_workers_scope_beats_by_itself_for_as_long_as_the_work_lasts()
    {
        var job = await _tracker.CreateAsync(new CreateJob { HeartbeatTimeout = Short });
        var result = await job.RunAsync(async (_, cancellation) =>
        {
            await foreach (var seen in job.WatchAsync(cancellation: cancellation))
            {
                if (seen.HeartbeatAt - seen.StartedAt > Short * 3)
                    break;
            }
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Won);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Work_of_which_only_the_heartbeat_hears_that_its_job_has_ended_is_stopped()
    {
        var job = await _tracker.CreateAsync(new CreateJob { HeartbeatTimeout = Short });
        // The watch that would tell it as well gets no answer.
        cluster.Lost.InsteadOfCall("WaitForChangeAsync", job.Id.ToString(), () => new TimeoutException(), times: 1_000);
        var result = await job.RunAsync(async (_, cancellation) =>
        {
            await cluster.Tracker(userId: "boss").CancelAsync(job.Id, cancellation: cancellation);
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((RunEnd.EndedElsewhere, JobStatus.Cancelled), (result.End, result.Job.Status));
    }

    [Fact]
    public async Task Progress_and_heartbeats_without_a_scope_answer_the_job_and_refuse_when_it_has_ended()
    {
        var job = await _tracker.CreateAsync(new CreateJob { Status = JobStatus.Running });
        Assert.Equal(new JobProgress(1, 2, "half"), (await job.ReportProgressAsync(1, 2, "half")).Progress);
        Assert.Equal(new JobProgress(1, 2, "half"), (await job.HeartbeatAsync()).Progress);
        await job.CancelAsync();
        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => job.HeartbeatAsync());
        Assert.Equal(
            (JobStatus.Cancelled, "cancelled"), refused.Reason is Refusal.JobHasEnded ended ? (ended.Status, ended.StopReason) : default);
        await Assert.ThrowsAsync<JobNotFoundException>(() => _tracker.HeartbeatAsync(JobId.New(TimeProvider.System)));
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(null, 45)]
    public void A_worker_beats_three_times_in_its_timeout_or_as_the_options_say(int? timeout, int seconds)
    {
        var span = timeout is { } given ? TimeSpan.FromSeconds(given) : (TimeSpan?)null;
        Assert.Equal(TimeSpan.FromSeconds(seconds), Pulse.IntervalOf(span, TimeSpan.FromSeconds(45)));
    }
}
