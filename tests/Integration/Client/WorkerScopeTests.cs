using System.Text.Json.Nodes;
using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

public sealed class WorkerScopeTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private const int TestTimeout = 60_000;

    private readonly IJobTracker _tracker = cluster.Tracker(userId: "worker");

    [Fact]
    public async Task Work_that_returns_completes_its_job()
    {
        var job = await _tracker.CreateAsync(new CreateJob());

        var result = await job.RunAsync(async (run, cancellation) =>
        {
            Assert.Equal(JobStatus.Running, (await job.GetAsync(cancellation))!.Status);
            await run.ReportProgressAsync(3, total: 4, message: "nearly", cancellation);
            await run.SetMetadataAsync(new JsonObject { ["pages"] = 4 }, cancellation);
            run.CompleteWith(
                new JobCompletion
                {
                    StopReason = "end_turn",
                    TotalDuration = TimeSpan.FromSeconds(2),
                    TimeToFirstToken = TimeSpan.FromSeconds(1)
                });
        });

        Assert.True(result.Won);
        Assert.Equivalent(await job.GetAsync(), result.Job, strict: true);
        Assert.Equal([JobStatus.Created, JobStatus.Pending, JobStatus.Running, JobStatus.Completed],
            result.Job.History.Select(entry => entry.Status));
        Assert.Equal(
            ("end_turn", 2_000_000_000, 1_000_000_000, new JobProgress(3, 4, "nearly"), """{"pages":4}"""),
            (result.Job.StopReason, result.Job.TotalDurationNs, result.Job.TtftNs, result.Job.Progress,
                result.Job.Metadata.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Work_that_throws_fails_its_job_and_its_caller()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.RunAsync((_, _) => throw new InvalidOperationException("no luck")));
        var failed = (await job.GetAsync())!;
        Assert.Equal((JobStatus.Failed, "error", new JobError("InvalidOperationException", "no luck")),
            (failed.Status, failed.StopReason, failed.Error));
    }

    [Fact]
    public async Task A_worker_that_is_stopped_fails_its_job_and_says_so()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        using var host = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(
            async (_, cancellation) =>
            {
                await host.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            },
            cancellation: host.Token));
        Assert.Equal("worker_stopped", (await job.GetAsync())!.Error!.Code);
    }

    public static TheoryData<string, Func<JobHandle, Task>, RunEnd, JobStatus> Ends => new()
    {
        { "cancelled", job => job.CancelAsync(), RunEnd.EndedElsewhere, JobStatus.Cancelled },
        { "completed", job => job.UpdateAsync(new UpdateJob { Status = JobStatus.Completed }), RunEnd.EndedElsewhere, JobStatus.Completed },
        { "deleted", job => job.DeleteAsync(), RunEnd.Deleted, JobStatus.Running },
    };

    [Theory(Timeout = TestTimeout), MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public async Task Work_is_told_when_another_ends_its_job(string what, Func<JobHandle, Task> end, RunEnd expected, JobStatus status)
    {
        var job = await cluster.Tracker(userId: "worker").CreateAsync(new CreateJob { JobType = what });
        var result = await job.RunAsync(async (_, cancellation) =>
        {
            await end(cluster.Tracker(userId: "boss").Job(job.Id));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((expected, status, false), (result.End, result.Job.Status, result.Won));
    }

    [Fact]
    public async Task Work_that_ignores_a_cancellation_does_not_undo_it()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var result = await job.RunAsync((_, _) => job.CancelAsync(cancellation: CancellationToken.None));
        Assert.Equal((RunEnd.EndedElsewhere, JobStatus.Cancelled), (result.End, result.Job.Status));
    }

    [Fact]
    public async Task A_report_on_a_job_that_has_ended_cancels_the_work()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var result = await job.RunAsync(async (run, cancellation) =>
        {
            await job.CancelAsync(cancellation: CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.ReportProgressAsync(1, cancellation: CancellationToken.None));
            Assert.True(cancellation.IsCancellationRequested);
        });
        Assert.Equal(JobStatus.Cancelled, result.Job.Status);
    }

    [Fact]
    public async Task A_report_that_is_out_of_range_is_refused_and_the_work_may_go_on()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var result = await job.RunAsync((run, cancellation) =>
            Assert.ThrowsAsync<JobRefusedException>(() => run.ReportProgressAsync(2, total: 1, cancellation: cancellation)));
        Assert.True(result.Won);
    }

    [Fact]
    public async Task A_last_report_that_is_refused_leaves_no_job_running()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => job.RunAsync((run, _) =>
        {
            run.CompleteWith(new JobCompletion { StopReason = "End Turn" });
            return Task.CompletedTask;
        }));
        Assert.Equal("stop_reason", Assert.IsType<Refusal.InvalidField>(refused.Reason).Field);
        var failed = (await job.GetAsync())!;
        Assert.Equal((JobStatus.Failed, "invalid_report"), (failed.Status, failed.Error!.Code));
    }

    [Theory]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Running)]
    public async Task A_job_that_has_ended_or_is_at_work_is_not_run(JobStatus status)
    {
        var job = await _tracker.CreateAsync(new CreateJob { Status = JobStatus.Running });
        if (status == JobStatus.Cancelled)
            await job.CancelAsync();
        var refused = await Assert.ThrowsAsync<JobNotRunnableException>(
            () => job.RunAsync((_, _) => throw new InvalidOperationException("must not run")));
        Assert.Equal(status, refused.Job.Status);
    }

    [Fact]
    public async Task A_running_job_is_taken_over_where_that_is_asked_for()
    {
        var job = await _tracker.CreateAsync(new CreateJob { Status = JobStatus.Running });
        Assert.True((await job.RunAsync((_, _) => Task.CompletedTask, new RunOptions { TakeOver = true })).Won);
    }
}
