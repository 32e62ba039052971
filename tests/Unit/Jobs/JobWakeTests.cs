using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>What a job does by itself, and how a worker's signs of life change it.</summary>
public sealed class JobWakeTests
{
    private static readonly Act Act = JobSamples.ActAt(9, Act.System);

    [Theory]
    [InlineData(JobNeed.Expire, JobStatus.Expired, "expired")]
    [InlineData(JobNeed.Timeout, JobStatus.Failed, "timeout")]
    [InlineData(JobNeed.HeartbeatDue, JobStatus.Failed, "heartbeat_lost")]
    public void A_passed_deadline_ends_the_job_by_the_systems_hand(JobNeed what, JobStatus status, string stopReason)
    {
        var job = JobSamples.In(JobStatus.Running);
        var ended = JobSamples.Stored(job.Decide(new JobNext(what, JobSamples.Start), Act)).Snapshot;
        Assert.Equal((status, stopReason, 2L, Act.At, Act.At, "system"),
            (ended.Status, ended.StopReason, ended.Version, ended.UpdatedAt, ended.CompletedAt, ended.LastUpdatedById));
        Assert.Equal(new JobTransition(status, Act.At, "system", stopReason), ended.History[^1]);
        Assert.Equal(status == JobStatus.Failed ? stopReason : null, ended.Error?.Code);
    }

    [Theory]
    [InlineData(JobStatus.Created)]
    [InlineData(JobStatus.Pending)]
    public void A_job_expires_before_it_ran_as_well(JobStatus status) =>
        Assert.Equal(JobStatus.Expired, JobSamples.Stored(
            JobSamples.In(status).Decide(new JobNext(JobNeed.Expire, JobSamples.Start), Act)).Snapshot.Status);

    [Fact]
    public void The_error_that_a_worker_told_before_it_fell_silent_is_kept()
    {
        var error = new JobError("disk_full", "no room");
        var job = JobSamples.Stored(
            JobSamples.In(JobStatus.Running).Decide(new UpdateJob { Error = Change.To(error) }, JobSamples.ActAt(1), JobSamples.Limits));
        Assert.Equal(error, JobSamples.Stored(job.Decide(new JobNext(JobNeed.HeartbeatDue, JobSamples.Start), Act)).Snapshot.Error);
    }

    [Fact]
    public void A_purge_removes_the_job() =>
        Assert.IsType<Decision.Remove>(JobSamples.In(JobStatus.Completed).Decide(new JobNext(JobNeed.Purge, JobSamples.Start), Act));

    [Theory]
    [InlineData(JobStatus.Created)]
    [InlineData(JobStatus.Pending)]
    [InlineData(JobStatus.Running)]
    public void A_heartbeat_is_kept_with_its_progress_and_may_wait_for_its_write(JobStatus status)
    {
        var job = JobSamples.In(status);
        var store = Assert.IsType<Decision.Store>(
            job.Decide(new Heartbeat { Progress = new JobProgress(1, 2, "half") }, JobSamples.ActAt(3, "bob"), JobSamples.Limits));
        Assert.True(store.MayWait);
        Assert.Equal(
            job.Snapshot with
            {
                Version = 2,
                HeartbeatAt = JobSamples.Start.AddSeconds(3),
                UpdatedAt = JobSamples.Start.AddSeconds(3),
                LastUpdatedById = "bob",
                Progress = new JobProgress(1, 2, "half")
            },
            store.Next.Snapshot);

        var again = JobSamples.Stored(store.Next.Decide(new Heartbeat(), JobSamples.ActAt(4), JobSamples.Limits)).Snapshot;
        Assert.Equal((JobSamples.Start.AddSeconds(4), new JobProgress(1, 2, "half")), (again.HeartbeatAt, again.Progress));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    public void A_heartbeat_of_a_job_that_has_ended_is_refused_and_tells_why_it_ended(JobStatus status)
    {
        var job = JobSamples.In(status);
        var plain = JobSamples.Refused<Refusal.JobHasEnded>(job.Decide(new Heartbeat(), JobSamples.ActAt(3), JobSamples.Limits));
        Assert.Equal((status, job.Snapshot.StopReason, "heartbeat_at"), (plain.Status, plain.StopReason, Assert.Single(plain.Fields)));
        var laden = JobSamples.Refused<Refusal.JobHasEnded>(
            job.Decide(new Heartbeat { Progress = new JobProgress(1, null, null) }, JobSamples.ActAt(3), JobSamples.Limits));
        Assert.Equal(["heartbeat_at", "progress"], laden.Fields);
    }

    [Fact]
    public void A_heartbeat_with_progress_out_of_range_is_refused() =>
        Assert.Equal("progress", JobSamples.Refused<Refusal.InvalidField>(
            JobSamples.In(JobStatus.Running)
                .Decide(new Heartbeat { Progress = new JobProgress(3, 2, null) }, JobSamples.ActAt(3), JobSamples.Limits)).Field);

    [Fact]
    public void Progress_is_a_sign_of_life_and_alone_may_wait_for_its_write()
    {
        var job = JobSamples.In(JobStatus.Running);
        var progress = new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)) };
        Assert.Equal((true, JobSamples.Start.AddSeconds(3)), Waiting(job, progress));
        Assert.Equal((false, JobSamples.Start.AddSeconds(3)), Waiting(job, progress with { ExpectedVersion = 1 }));
        Assert.Equal((false, JobSamples.Start.AddSeconds(3)), Waiting(job, progress with { MetadataPatch = """{"a":1}""" }));
        Assert.Equal((false, null), Waiting(job, progress with { Status = JobStatus.Completed }));
        Assert.Equal((false, null), Waiting(job, new UpdateJob { MetadataPatch = """{"a":1}""" }));
    }

    private static (bool MayWait, DateTimeOffset? HeartbeatAt) Waiting(Job job, UpdateJob command)
    {
        var store = Assert.IsType<Decision.Store>(job.Decide(command, JobSamples.ActAt(3), JobSamples.Limits));
        return (store.MayWait, store.Next.Snapshot.HeartbeatAt);
    }

    [Fact]
    public void A_deadline_that_passed_is_said_with_its_seconds()
    {
        var job = JobSamples.In(JobStatus.Running);
        job = job.With(job.Snapshot with { Timeout = TimeSpan.FromMinutes(2), HeartbeatTimeout = TimeSpan.FromSeconds(30) });

        Assert.Equal("The job ran for longer than its timeout_seconds (120).", Message(JobNeed.Timeout));
        Assert.Equal("The worker gave no sign of life for its heartbeat_timeout_seconds (30).", Message(JobNeed.HeartbeatDue));

        string? Message(JobNeed what) => JobSamples.Stored(job.Decide(new JobNext(what, JobSamples.Start), Act)).Snapshot.Error!.Message;
    }

    [Fact]
    public void The_progress_of_a_heartbeat_takes_the_place_of_the_last()
    {
        var first = JobSamples.Stored(JobSamples.In(JobStatus.Running)
            .Decide(new Heartbeat { Progress = new JobProgress(1, 2, "half") }, JobSamples.ActAt(3), JobSamples.Limits));
        var second = JobSamples.Stored(
            first.Decide(new Heartbeat { Progress = new JobProgress(2, 2, "all") }, JobSamples.ActAt(4), JobSamples.Limits));

        Assert.Equal(new JobProgress(2, 2, "all"), second.Snapshot.Progress);
    }
}
