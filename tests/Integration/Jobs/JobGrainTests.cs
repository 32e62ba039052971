using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>A job from its creation to its end, through the grain.</summary>
public abstract class JobGrainTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    [Fact]
    public async Task A_job_goes_its_way_and_each_answer_is_what_a_get_and_a_new_activation_see()
    {
        var (parent, grain) = (Accepted(await New().CreateAsync(Alice, new CreateJob())), New());
        var created = Accepted(await grain.CreateAsync(Alice, Everything with { ParentId = parent.Id }));
        AssertSame(created, await grain.GetAsync(Alice));
        foreach (var status in new[] { JobStatus.Pending, JobStatus.Running, JobStatus.Completed })
        {
            var moved = Accepted(
                await grain.UpdateAsync(Alice, new UpdateJob { Status = status, MetadataPatch = $$"""{"at":"{{status.Word}}"}""" }));
            Assert.Equal(status, moved.Status);
            AssertSame(moved, await grain.GetAsync(Alice));
            await Cluster.Orleans.DeactivateAsync(grain);
            AssertSame(moved, await grain.GetAsync(Alice));
        }

        var done = await grain.GetAsync(Alice);
        Assert.Equal((4L, """{"source_id":"ü","at":"completed"}"""), (done!.Version, done.Metadata));
        Assert.Equal(
            [JobStatus.Created, JobStatus.Pending, JobStatus.Running, JobStatus.Completed], done.History.Select(entry => entry.Status));
    }

    [Fact]
    public async Task Every_field_of_an_update_is_stored()
    {
        var grain = await CreatedAsync();
        var failed = Accepted(await grain.UpdateAsync(Alice, new UpdateJob
        {
            Status = JobStatus.Failed,
            StopReason = Change.To("llm_api_error"),
            Error = Change.To(new JobError("overloaded", "try later 🚀")),
            Progress = Change.To(new JobProgress(3, 9, "a third")),
            TtftNs = Change.To<long?>(123),
            TotalDurationNs = Change.To<long?>(456),
            ExpiresAt = Change.To<DateTimeOffset?>(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            ExpectedVersion = 1,
        }));
        await Cluster.Orleans.DeactivateAsync(grain);
        AssertSame(failed, await grain.GetAsync(Alice));
    }

    [Fact]
    public async Task A_cancellation_ends_the_job_and_a_second_one_changes_nothing()
    {
        var grain = await CreatedAsync();
        var cancelled = Accepted(await grain.CancelAsync(Alice, new CancelJob { StopReason = "user_request" }));
        Assert.Equal((JobStatus.Cancelled, "user_request", 2L), (cancelled.Status, cancelled.StopReason, cancelled.Version));
        AssertSame(cancelled, Assert.IsType<JobOutcome.AlreadyDone>(await grain.CancelAsync(Alice, new CancelJob())).Job);
    }

    [Fact]
    public async Task A_deleted_job_answers_as_it_was_and_is_gone()
    {
        var grain = await CreatedAsync();
        var before = await grain.GetAsync(Alice);
        AssertSame(before!, Accepted(await grain.DeleteAsync(Alice, new DeleteJob())));
        Assert.Null(await grain.GetAsync(Alice));
        Assert.IsType<JobOutcome.NotFound>(await grain.DeleteAsync(Alice, new DeleteJob()));
        Assert.IsType<JobOutcome.NotFound>(await grain.UpdateAsync(Alice, new UpdateJob()));
        Assert.IsType<JobOutcome.NotFound>(await grain.CancelAsync(Alice, new CancelJob()));
    }

    [Fact]
    public async Task Refusals_cross_the_wire_as_values_and_change_nothing()
    {
        var grain = await CreatedAsync();
        var before = await grain.GetAsync(Alice);
        var transition = Refused<Refusal.TransitionNotAllowed>(
            await grain.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Pending }));
        Assert.Equal([JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled], transition.Allowed);
        Assert.Equal(new Refusal.VersionMismatch(
            7, 1), Refused<Refusal.VersionMismatch>(await grain.UpdateAsync(Alice, new UpdateJob { ExpectedVersion = 7 })));
        Assert.Equal(new Refusal.VersionMismatch(
            7, 1), Refused<Refusal.VersionMismatch>(await grain.CancelAsync(Alice, new CancelJob { ExpectedVersion = 7 })));
        Assert.Equal(new Refusal.VersionMismatch(
            7, 1), Refused<Refusal.VersionMismatch>(await grain.DeleteAsync(Alice, new DeleteJob { ExpectedVersion = 7 })));
        Assert.Equal("stop_reason", Refused<Refusal.InvalidField>(
            await grain.UpdateAsync(Alice, new UpdateJob { StopReason = Change.To("No!") })).Field);
        AssertSame(before!, await grain.GetAsync(Alice));

        await grain.CancelAsync(Alice, new CancelJob());
        var ended = Refused<Refusal.JobHasEnded>(
            await grain.UpdateAsync(Alice, new UpdateJob { Progress = Change.To(new JobProgress(1, 1, null)) }));
        Assert.Equal((JobStatus.Cancelled, "cancelled", "progress"), (ended.Status, ended.StopReason, Assert.Single(ended.Fields)));
    }

    [Fact]
    public async Task A_refused_create_leaves_the_id_free()
    {
        var grain = New();
        Assert.Equal("job_type", Refused<Refusal.InvalidField>(await grain.CreateAsync(Alice, new CreateJob { JobType = "No!" })).Field);
        Assert.Null(await grain.GetAsync(Alice));
        Assert.Equal(1, Accepted(await grain.CreateAsync(Alice, new CreateJob())).Version);
    }

    [Fact]
    public async Task A_job_that_has_ended_leaves_the_memory_before_one_that_runs()
    {
        var (living, ended) = (await CreatedAsync(), await CreatedAsync());
        await ended.CancelAsync(Alice, new CancelJob());
        Assert.True(Cluster.Orleans.TryGetGrainContext(ended.GetGrainId(), out _));
        await Cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        Assert.False(Cluster.Orleans.TryGetGrainContext(ended.GetGrainId(), out _));
        Assert.True(Cluster.Orleans.TryGetGrainContext(living.GetGrainId(), out _));
    }

    private static CreateJob Everything => new()
    {
        JobType = "run",
        Metadata = """{"source_id":"ü"}""",
        RequestConfig = """{"model":"m"}""",
        Background = true,
        ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        Timeout = TimeSpan.FromMinutes(5),
        HeartbeatTimeout = TimeSpan.FromSeconds(30),
        CallbackUrl = "https://example.com/hook",
        CallbackEvents = [JobStatus.Cancelled, JobStatus.Expired],
    };
}

public sealed class SqliteJobGrainTests(SqliteCluster cluster) : JobGrainTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobGrainTests(PostgresCluster cluster) : JobGrainTests(cluster), IClassFixture<PostgresCluster>;
