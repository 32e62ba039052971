using JobTracker.Client;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Tests.Integration.Client;

public sealed class WaitAndWatchTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private const int TestTimeout = 60_000;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(50);
    private static readonly CreateJob Running = new() { Status = JobStatus.Running };
    private static readonly UpdateJob Complete = new() { Status = JobStatus.Completed };

    private readonly IJobTracker _tracker = cluster.Tracker();

    [Fact(Timeout = TestTimeout)]
    public async Task A_wait_ends_with_the_job()
    {
        var job = await _tracker.CreateAsync(Running);
        var wait = job.WaitForCompletionAsync(Long, TestContext.Current.CancellationToken);
        await job.UpdateAsync(new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)) });
        Assert.False(wait.IsCompleted);
        var completed = await job.UpdateAsync(Complete);
        Assert.Equivalent(new JobWait.Ended(completed), await wait, strict: true);
        Assert.Equivalent(new JobWait.Ended(completed), await job.WaitForCompletionAsync(TimeSpan.Zero), strict: true);
    }

    [Theory(Timeout = TestTimeout)]
    [InlineData(0)]
    [InlineData(50)]
    public async Task A_wait_that_is_over_gives_the_job_as_it_is(int milliseconds)
    {
        var job = await _tracker.CreateAsync(Running);
        var now = await job.GetAsync();
        Assert.Equivalent(new JobWait.TimedOut(now!), await job.WaitForCompletionAsync(
            TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken), strict: true);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_wait_for_a_job_that_is_deleted_ends_with_not_found()
    {
        var job = await _tracker.CreateAsync(Running);
        var wait = job.WaitForCompletionAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        await job.DeleteAsync();
        Assert.Equal(new JobWait.NotFound(), await wait);
        Assert.Equal(new JobWait.NotFound(), await job.WaitForCompletionAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_wait_is_given_up_with_its_token()
    {
        var job = await _tracker.CreateAsync(Running);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var wait = job.WaitForCompletionAsync(Long, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_negative_wait_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _tracker.WaitForCompletionAsync(JobId.New(TimeProvider.System), TimeSpan.FromTicks(-1)));

    [Fact(Timeout = TestTimeout)]
    public async Task A_watch_sees_every_version_up_to_the_end()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var seen = new List<JobSnapshot>();
        var next = JobStatus.Created;
        await foreach (var snapshot in job.WatchAsync(cancellation: TestContext.Current.CancellationToken))
        {
            seen.Add(snapshot);
            if (++next <= JobStatus.Completed)
                await job.UpdateAsync(new UpdateJob { Status = next });
        }

        Assert.Equal([(1, JobStatus.Created), (2, JobStatus.Pending), (3, JobStatus.Running), (4, JobStatus.Completed)],
            seen.Select(one => (one.Version, one.Status)));
        Assert.Equivalent(await job.GetAsync(), seen[^1], strict: true);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_watch_goes_on_after_the_version_it_is_told()
    {
        var job = await _tracker.CreateAsync(Running);
        await job.UpdateAsync(new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)) });
        await job.UpdateAsync(Complete);
        Assert.Equal(
            [3], await job.WatchAsync(afterVersion: 2, TestContext.Current.CancellationToken).Select(one => one.Version).ToListAsync());
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_watcher_that_has_seen_the_end_is_not_kept_waiting()
    {
        var job = await _tracker.CreateAsync(Running);
        var end = await job.UpdateAsync(Complete);
        Assert.Empty(await job.WatchAsync(end.Version, TestContext.Current.CancellationToken).ToListAsync());
        var later = await job.UpdateAsync(new UpdateJob { MetadataPatch = """{"read":true}""" });
        Assert.Equivalent(
            later, Assert.Single(await job.WatchAsync(end.Version, TestContext.Current.CancellationToken).ToListAsync()), strict: true);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_watch_ends_when_the_job_is_deleted()
    {
        var job = await _tracker.CreateAsync(Running);
        var seen = 0;
        await foreach (var _ in job.WatchAsync(cancellation: TestContext.Current.CancellationToken))
        {
            seen++;
            await job.DeleteAsync();
        }

        Assert.Equal(1, seen);
        Assert.Empty(await job.WatchAsync(afterVersion: 1, TestContext.Current.CancellationToken).ToListAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(
            async () => await job.WatchAsync(cancellation: TestContext.Current.CancellationToken).ToListAsync());
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_watch_outlives_calls_that_break_off()
    {
        var job = await _tracker.CreateAsync(Running);
        var id = job.Id.ToString();
        cluster.Lost.InsteadOfCall("WaitForChangeAsync", id, () => new TimeoutException(), times: 3);
        cluster.Lost.InsteadOfCall("WaitForChangeAsync", id, () => new OperationCanceledException(), times: 3);
        cluster.Lost.InsteadOfCall("WaitForChangeAsync", id, () => new StorageUnavailableException(), times: 30);
        var wait = job.WaitForCompletionAsync(Long, TestContext.Current.CancellationToken);
        var end = await job.UpdateAsync(Complete);
        Assert.Equivalent(new JobWait.Ended(end), await wait, strict: true);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task A_failure_that_will_not_pass_ends_a_watch()
    {
        var job = await _tracker.CreateAsync(Running);
        cluster.Lost.InsteadOfCall("WaitForChangeAsync", job.Id.ToString(), () => new InvalidOperationException("bug"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.WaitForCompletionAsync(Long, TestContext.Current.CancellationToken));
    }
}
