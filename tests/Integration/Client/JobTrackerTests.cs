using JobTracker.Callers;
using JobTracker.Client;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

public sealed class JobTrackerTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    private readonly IJobTracker _tracker = cluster.Tracker();

    [Fact]
    public async Task A_created_job_is_read_listed_and_counted()
    {
        var tracker = cluster.Tracker("org-counting");
        var handle = await tracker.CreateAsync(new CreateJob { JobType = "import", Metadata = """{"source_id": "s-1"}""" });

        var job = await handle.GetAsync();

        Assert.Equal(("import", JobStatus.Created, 1, "org-counting", "user-1"),
            (job!.JobType, job.Status, job.Version, job.OrganizationId, job.CreatedById));
        Assert.Equal([handle.Id], await tracker.ListAsync(new JobQuery { SourceId = "s-1" }).Select(listed => listed.Id).ToArrayAsync());
        Assert.Equal([new JobCount(JobStatus.Created, "import", 1)], (await tracker.CountAsync()).ByStatusAndType);
    }

    [Fact]
    public async Task A_group_is_made_with_its_children_and_sealed()
    {
        var group = await _tracker.GroupAsync(
            new CreateJob { JobType = "import" }, [new CreateJob { Status = JobStatus.Running }, new CreateJob { JobType = "page" }]);

        Assert.Equal(new ChildCounts { Created = 1, Running = 1 }, await group.CountChildrenAsync());
        Assert.Equal(["job", "page"], await group.ListChildrenAsync().Select(child => child.JobType).ToArrayAsync());
        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => group.CreateAsync(new CreateJob()));
        Assert.Equal(new Refusal.GroupSealed(group.Id, JobStatus.Created), refused.Reason);
    }

    [Fact]
    public async Task A_group_stays_open_until_it_is_sealed_and_completes_without_a_child()
    {
        var group = await _tracker.GroupAsync(new CreateJob());
        Assert.False((await group.Job.GetAsync())!.Group!.IsSealed);

        Assert.Equal(JobStatus.Completed, (await group.SealAsync()).Status);
        Assert.Equal(JobStatus.Completed, (await group.SealAsync()).Status);
    }

    [Fact]
    public async Task A_second_create_with_the_same_key_gives_the_first_ones_job()
    {
        var request = new CreateJob { JobType = "import", IdempotencyKey = "monday" };
        var first = await _tracker.CreateAsync(request);
        Assert.Equal(first.Id, (await cluster.Tracker(userId: "user-2").CreateAsync(request)).Id);
        Assert.NotEqual(first.Id, (await cluster.Tracker("org-2").CreateAsync(request)).Id);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused()
    {
        await _tracker.CreateAsync(new CreateJob { JobType = "import", IdempotencyKey = "tuesday" });
        var refused = await Assert.ThrowsAsync<JobRefusedException>(
            () => _tracker.CreateAsync(new CreateJob { JobType = "export", IdempotencyKey = "tuesday" }));
        Assert.Equal(new Refusal.IdempotencyKeyReused("tuesday"), refused.Reason);
    }

    [Fact]
    public async Task A_repeated_create_gives_its_job_although_its_deadline_has_passed()
    {
        var request = new CreateJob { IdempotencyKey = "sunday", ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(1) };
        var first = await _tracker.CreateAsync(request);
        var grain = cluster.Silos.Client.GetGrain<IJobGrain>(first.Id.ToString());
        JobSnapshot job;
        do
        {
            await grain.WaitForChangeAsync(
                new Caller("org-1", "user-1"), 1, TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            await grain.WakeAsync();
            job = (await first.GetAsync())!;
        }
        while (!job.Status.IsTerminal);

        var again = await _tracker.CreateAsync(request);

        Assert.Equal((first.Id, JobStatus.Expired), (again.Id, (await again.GetAsync())!.Status));
        await Assert.ThrowsAsync<JobRefusedException>(() => _tracker.CreateAsync(request with { IdempotencyKey = "another sunday" }));
    }

    [Fact]
    public async Task Two_creates_without_a_key_make_two_jobs() =>
        Assert.NotEqual((await _tracker.CreateAsync(new CreateJob())).Id, (await _tracker.CreateAsync(new CreateJob())).Id);

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_list_walks_every_page_in_the_order_asked_for(int jobs)
    {
        var tracker = cluster.Tracker($"org-pages-{jobs}");
        var made = new List<JobId>();
        for (var i = 0; i < jobs; i++)
            made.Add((await tracker.CreateAsync(new CreateJob())).Id);

        Assert.Equal(made, await tracker.ListAsync(new JobQuery { Limit = 3, Ascending = true }).Select(job => job.Id).ToListAsync());
        Assert.Equal(made.Reverse<JobId>(), await tracker.ListAsync(new JobQuery { Limit = 3 }).Select(job => job.Id).ToListAsync());
        Assert.Equal(made[^2..^1], await tracker.ListAsync(new JobQuery { Limit = 1, Ascending = true, Before = made[^1] })
            .Select(job => job.Id).ToListAsync());
    }

    [Fact]
    public async Task Another_organizations_list_is_not_given() =>
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            async () => await _tracker.ListAsync(new JobQuery { OrganizationId = "org-2" }).ToListAsync());

    [Fact]
    public async Task A_refused_update_is_an_exception_or_a_value()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var command = new UpdateJob { Status = JobStatus.Completed };
        var reason = new Refusal.TransitionNotAllowed(
            JobStatus.Created, JobStatus.Completed, [JobStatus.Pending, JobStatus.Cancelled], StopReason: null);

        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => job.UpdateAsync(command));

        Assert.Equivalent(reason, refused.Reason, strict: true);
        Assert.Equal($"{job.Id}: a job that is created cannot become completed, only pending or cancelled.", refused.Message);
        Assert.Equivalent(reason, Assert.IsType<JobOutcome.Refused>(await _tracker.TryUpdateAsync(job.Id, command)).Reason, strict: true);
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_not_found()
    {
        var nobody = JobId.New(TimeProvider.System);
        Assert.Null(await _tracker.GetAsync(nobody));
        Assert.Null(await _tracker.DeleteAsync(nobody));
        Assert.Equal(nobody, (await Assert.ThrowsAsync<JobNotFoundException>(() => _tracker.UpdateAsync(nobody, new UpdateJob()))).JobId);
        await Assert.ThrowsAsync<JobNotFoundException>(() => _tracker.CancelAsync(nobody));
        Assert.Equal(new JobOutcome.NotFound(), await _tracker.TryCancelAsync(nobody));
    }

    [Fact]
    public async Task Another_organizations_job_is_as_one_that_is_not_there()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var stranger = cluster.Tracker("org-2").Job(job.Id);
        Assert.Null(await stranger.GetAsync());
        Assert.Null(await stranger.DeleteAsync());
        Assert.Equal(new JobWait.NotFound(), await stranger.WaitForCompletionAsync(TimeSpan.Zero));
        await Assert.ThrowsAsync<JobNotFoundException>(() => stranger.CancelAsync());
        await Assert.ThrowsAsync<JobNotFoundException>(() => stranger.RunAsync((_, _) => Task.CompletedTask));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await stranger.WatchAsync().ToListAsync());
        Assert.Equal(1, (await job.GetAsync())!.Version);
    }

    [Fact]
    public async Task A_job_is_cancelled_once_and_a_second_time_is_no_error()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var cancelled = await job.CancelAsync(new CancelJob { StopReason = "insufficient_credits" });
        Assert.Equal((JobStatus.Cancelled, "insufficient_credits", 2), (cancelled.Status, cancelled.StopReason, cancelled.Version));
        Assert.Equivalent(cancelled, await job.CancelAsync(), strict: true);
        Assert.IsType<JobOutcome.AlreadyDone>(await _tracker.TryCancelAsync(job.Id));
    }

    [Fact]
    public async Task A_deleted_job_is_given_back_as_it_was_and_is_gone()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        var last = await job.GetAsync();
        var stale = await Assert.ThrowsAsync<JobRefusedException>(
            () => _tracker.DeleteAsync(job.Id, new DeleteJob { ExpectedVersion = 2 }));
        Assert.Equal(new Refusal.VersionMismatch(2, 1), stale.Reason);
        Assert.Equivalent(last, await job.DeleteAsync(), strict: true);
        Assert.Null(await job.GetAsync());
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_the_call_sends_nothing()
    {
        var job = await _tracker.CreateAsync(new CreateJob());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.CancelAsync(cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(1, (await job.GetAsync())!.Version);
    }
}
