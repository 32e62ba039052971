using JobTracker.Client;
using JobTracker.Jobs;
using JobTracker.Storage;

namespace JobTracker.Tests.Integration.Client;

public sealed class LostAnswerTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private static readonly UpdateJob Half = new() { Progress = Change.To(new JobProgress(1, 2, "half")) };
    private static readonly CreateJob Running = new() { Status = JobStatus.Running };

    private readonly IJobTracker _tracker = cluster.Tracker();

    public static TheoryData<string, Func<Exception>> Failures => new()
    {
        { "outcome-unknown", () => new OutcomeUnknownException("lost") },
        { "timeout", () => new TimeoutException("30 s") },
        { "rejected", () => new SiloUnavailableException("dead") },
    };

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_create_that_loses_its_answer_makes_exactly_one_job(string type, Func<Exception> failure)
    {
        var tracker = cluster.Tracker($"org-{type}");
        cluster.Lost.AfterCall("CreateAsync", type, failure, times: 3);
        var job = await tracker.CreateAsync(new CreateJob { JobType = type });
        Assert.Equal([job.Id], await tracker.ListAsync(new JobQuery()).Select(listed => listed.Id).ToListAsync());
    }

    [Fact]
    public async Task A_create_that_never_learns_its_answer_is_looked_up()
    {
        var tracker = cluster.Tracker("org-lookup", maxAttempts: 2);
        cluster.Lost.AfterCall("CreateAsync", "lookup", () => new OutcomeUnknownException(), times: 2);
        var job = await tracker.CreateAsync(new CreateJob { JobType = "lookup" });
        Assert.Equal("lookup", (await job.GetAsync())!.JobType);
    }

    [Fact]
    public async Task A_create_of_which_nothing_is_found_is_not_known_and_names_its_id()
    {
        var tracker = cluster.Tracker("org-unknown", maxAttempts: 2);
        cluster.Lost.InsteadOfCall("CreateAsync", "unknown", () => new OutcomeUnknownException(), times: 2);
        var command = new CreateJob { JobType = "unknown" };
        var unknown = await Assert.ThrowsAsync<JobOutcomeUnknownException>(() => tracker.CreateAsync(command));
        Assert.Same(command, unknown.Command);
        Assert.Null(await tracker.GetAsync(unknown.JobId));
    }

    [Fact]
    public async Task A_blind_update_that_loses_its_answer_is_read_back()
    {
        var job = await _tracker.CreateAsync(Running);
        cluster.Lost.AfterCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        var updated = await job.UpdateAsync(Half);
        Assert.Equal((2, new JobProgress(1, 2, "half")), (updated.Version, updated.Progress));
    }

    [Fact]
    public async Task A_blind_update_that_may_not_have_arrived_is_not_repeated()
    {
        var job = await _tracker.CreateAsync(Running);
        cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        var unknown = await Assert.ThrowsAsync<JobOutcomeUnknownException>(() => job.UpdateAsync(Half));
        Assert.Equal((job.Id, Half), (unknown.JobId, unknown.Command));
        Assert.Equal(1, (await job.GetAsync())!.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guarded_update_is_carried_out_once_whichever_way_its_answer_was_lost(bool carriedOut)
    {
        var job = await _tracker.CreateAsync(Running);
        if (carriedOut)
            cluster.Lost.AfterCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        else
            cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        Assert.Equal(2, (await job.UpdateAsync(Half with { ExpectedVersion = 1 })).Version);
        Assert.Equal(2, (await job.GetAsync())!.Version);
    }

    [Fact]
    public async Task A_guarded_update_that_another_overtook_is_refused()
    {
        var job = await _tracker.CreateAsync(Running);
        await cluster.Tracker(userId: "other").UpdateAsync(job.Id, Half);
        cluster.Lost.AfterCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => job.UpdateAsync(Half with { ExpectedVersion = 1 }));
        Assert.Equal(new Refusal.VersionMismatch(1, 2), refused.Reason);
    }

    [Fact]
    public async Task What_the_service_says_it_did_not_store_is_sent_again()
    {
        var job = await _tracker.CreateAsync(Running);
        cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new StorageUnavailableException(), times: 3);
        cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new StorageOverloadedException(), times: 3);
        cluster.Lost.InsteadOfCall("GetAsync", job.Id.ToString(), () => new TimeoutException(), times: 3);
        Assert.Equal(2, (await job.UpdateAsync(Half)).Version);
        Assert.Equal(2, (await job.GetAsync())!.Version);
    }

    [Fact]
    public async Task What_is_known_not_to_be_stored_is_said_so_when_patience_ends()
    {
        var job = cluster.Tracker(maxAttempts: 2).Job((await _tracker.CreateAsync(Running)).Id);
        cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new StorageUnavailableException(), times: 2);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => job.UpdateAsync(Half));
    }

    [Fact]
    public async Task A_cancel_and_a_delete_that_lose_their_answers_are_carried_out_once()
    {
        var job = await _tracker.CreateAsync(Running);
        cluster.Lost.AfterCall("CancelAsync", job.Id.ToString(), () => new TimeoutException());
        cluster.Lost.AfterCall("DeleteAsync", job.Id.ToString(), () => new TimeoutException());
        var cancelled = await job.CancelAsync(new CancelJob { ExpectedVersion = 1 });
        Assert.Equal((2, JobStatus.Cancelled), (cancelled.Version, cancelled.Status));
        Assert.Null(await job.DeleteAsync());
        Assert.Null(await job.GetAsync());
    }

    [Fact]
    public async Task A_worker_loses_every_answer_once_and_still_runs_its_job_to_the_end()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var id = job.Id.ToString();
        cluster.Lost.AfterCall("UpdateAsync", id, () => new TimeoutException());
        var runs = 0;
        var result = await job.RunAsync(async (run, cancellation) =>
        {
            runs++;
            Assert.Equal(JobStatus.Running, run.Job.Status);
            cluster.Lost.InsteadOfCall("UpdateAsync", id, () => new TimeoutException());
            await run.ReportProgressAsync(1, total: 2, cancellation: cancellation);
            cluster.Lost.AfterCall("UpdateAsync", id, () => new OutcomeUnknownException());
        });
        Assert.Equal((1, true, 5, JobStatus.Completed), (runs, result.Won, result.Job.Version, result.Job.Status));
    }

    [Fact]
    public async Task A_claim_that_lost_its_answer_still_keeps_the_next_worker_out()
    {
        var job = await _tracker.CreateAsync(new CreateJob { Status = JobStatus.Pending });
        cluster.Lost.AfterCall("UpdateAsync", job.Id.ToString(), () => new TimeoutException());
        var first = await job.RunAsync((_, _) => Assert.ThrowsAsync<JobNotRunnableException>(
            () => job.RunAsync((_, _) => throw new InvalidOperationException("must not run"))));
        Assert.True(first.Won);
    }

    [Fact]
    public async Task A_failure_of_the_work_that_cannot_be_reported_is_told_with_the_reason()
    {
        var job = cluster.Tracker(maxAttempts: 2).Job((await _tracker.CreateAsync(new CreateJob())).Id);
        var both = await Assert.ThrowsAsync<AggregateException>(() => job.RunAsync((_, _) =>
        {
            cluster.Lost.InsteadOfCall("UpdateAsync", job.Id.ToString(), () => new StorageUnavailableException(), times: 2);
            throw new InvalidOperationException("no luck");
        }));
        Assert.Equal([typeof(InvalidOperationException), typeof(StorageUnavailableException)], both.InnerExceptions.Select(
            inner => inner.GetType()));
    }
}
