using JobTracker.Batches;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using static JobTracker.Jobs.JobStatus;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>A batch's own job: what callers may do to it, and what the batch makes of it.</summary>
public sealed class JobOfBatchTests
{
    private static readonly BatchId Batch = new(JobSamples.Id.Value);
    private static readonly JobStatus[] Statuses = Enum.GetValues<JobStatus>();

    public static TheoryData<JobStatus> Living => [.. Statuses.Where(status => !status.IsTerminal)];

    public static TheoryData<JobStatus> All => [.. Statuses];

    [Theory]
    [MemberData(nameof(Living))]
    public void While_it_lives_callers_change_nothing_but_its_metadata(JobStatus status)
    {
        var job = Of(status);
        foreach (var decision in (Decision[])
        [
            job.Decide(new CancelJob(), JobSamples.ActAt(2)),
            job.Decide(new DeleteJob()),
            job.Decide(new Heartbeat(), JobSamples.ActAt(2), JobSamples.Limits),
            .. Statuses.Where(other => other != status).Select(other => Update(job, new UpdateJob { Status = other })),
            Update(job, new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(JobSamples.Start.AddDays(1)) }),
            Update(job, new UpdateJob { Error = Change.To<JobError>(new JobError("c", null)) }),
            Update(job, new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)) }),
            Update(job, new UpdateJob { StopReason = Change.To("why"), MetadataPatch = """{"a":1}""" }),
        ])
        {
            Assert.Equal(Batch, JobSamples.Refused<Refusal.JobFollowsBatch>(decision).Batch);
        }
        Assert.Equal("""{"a":1}""", JobSamples.Stored(Update(job, new UpdateJob { MetadataPatch = """{"a":1}""" })).Snapshot.Metadata);
        Assert.IsType<Decision.Keep>(Update(job, new UpdateJob { Status = status }));
    }

    [Fact]
    public void Once_it_has_ended_it_answers_as_every_ended_job_does_but_is_not_deleted()
    {
        var job = Of(Completed);

        Assert.Equal(Completed, JobSamples.Refused<Refusal.TransitionNotAllowed>(job.Decide(new CancelJob(), JobSamples.ActAt(2))).From);
        JobSamples.Refused<Refusal.JobHasEnded>(
            Update(job, new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(JobSamples.Start.AddDays(1)) }));
        Assert.IsType<Decision.Keep>(Of(Cancelled).Decide(new CancelJob(), JobSamples.ActAt(2)));
        JobSamples.Refused<Refusal.JobFollowsBatch>(job.Decide(new DeleteJob()));
    }

    /// <summary>From every status that a batch can be told in.</summary>
    [Theory]
    [InlineData(Created, Completed, "created pending running completed")]
    [InlineData(Pending, Running, "created pending running")]
    [InlineData(Pending, Failed, "created pending running failed")]
    [InlineData(Pending, Cancelled, "created pending cancelled")]
    [InlineData(Pending, Expired, "created pending expired")]
    [InlineData(Running, Expired, "created pending running expired")]
    [InlineData(Running, Pending, "created pending running")]
    [InlineData(Completed, Failed, "created pending running completed")]
    public void It_becomes_what_the_batch_became_in_one_write(JobStatus from, JobStatus to, string history)
    {
        var error = to is Failed ? new JobError("c", "m") : null;
        var told = JobSamples.Stored(Of(from).Decide(Batch, new BatchNews(to, """{"counts":1}""", error), JobSamples.ActAt(5, Act.System)));

        Assert.Equal(history, string.Join(' ', told.Snapshot.History.Select(step => step.Status.Word)));
        Assert.Equal(
            (Of(from).Snapshot.Version + 1, """{"counts":1}""", Batch), (told.Snapshot.Version, told.Snapshot.Metadata, told.BatchId));
        Assert.Equal(from.IsTerminal ? null : error, told.Snapshot.Error);
    }

    [Fact]
    public void What_the_batch_says_of_itself_is_taken_however_full_the_metadata_are()
    {
        var full = Of(Running)
            .With(Of(Running).Snapshot with { Metadata = $$"""{"a":"{{new string('x', JobSamples.Limits.MetadataBytes - 8)}}"}""" });

        Assert.Equal(Completed, JobSamples.Stored(
            full.Decide(Batch, new BatchNews(Completed, """{"counts":1}""", null), JobSamples.ActAt(5))).Snapshot.Status);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void When_the_batch_goes_its_job_has_ended_and_is_its_callers(JobStatus status)
    {
        var left = JobSamples.Stored(Of(status).DecideToLeave(JobSamples.ActAt(5, Act.System)));

        Assert.Equal((status.IsTerminal ? status : Cancelled, null), (left.Snapshot.Status, left.BatchId));
        Assert.IsType<Decision.Remove>(left.Decide(new DeleteJob()));
        Assert.IsType<Decision.Keep>(left.DecideToLeave(JobSamples.ActAt(6)));
    }

    [Fact]
    public void What_it_becomes_has_a_reason_and_keeps_the_error_that_it_had()
    {
        var error = new JobError("c", "m");
        var failed = Told(Of(Running), new BatchNews(Failed, "{}", error));
        var erred = Of(Running).With(Of(Running).Snapshot with { Error = error });

        Assert.Equal(("llm_api_error", error), (failed.StopReason, failed.Error));
        Assert.Equal(("cancelled", error), (Told(erred, new BatchNews(Cancelled, "{}", null)).StopReason,
            Told(erred, new BatchNews(Cancelled, "{}", null)).Error));
        Assert.Equal("expired", Told(Of(Running), new BatchNews(Expired, "{}", null)).StopReason);
        Assert.Null(Told(Of(Running), new BatchNews(Completed, "{}", null)).StopReason);

        static JobSnapshot Told(Job job, BatchNews news) => JobSamples.Stored(job.Decide(Batch, news, JobSamples.ActAt(5))).Snapshot;
    }

    [Fact]
    public void Leaving_is_a_version_of_its_own()
    {
        var left = JobSamples.Stored(Of(Running).DecideToLeave(JobSamples.ActAt(5, Act.System))).Snapshot;

        Assert.Equal((2L, JobSamples.Start.AddSeconds(5), Act.System, "cancelled"),
            (left.Version, left.UpdatedAt, left.LastUpdatedById, left.StopReason));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_a_living_job_that_is_its_callers_can_be_made_to_expire(JobStatus status)
    {
        if (status.IsTerminal)
        {
            Assert.IsType<Decision.Keep>(JobSamples.In(status).DecideToExpire(JobSamples.ActAt(5)));
            Assert.IsType<Decision.Keep>(Of(status).DecideToExpire(JobSamples.ActAt(5)));
            return;
        }

        JobSamples.Refused<Refusal.JobFollowsBatch>(Of(status).DecideToExpire(JobSamples.ActAt(5)));
        var expired = JobSamples.Stored(JobSamples.In(status).DecideToExpire(JobSamples.ActAt(5))).Snapshot;
        Assert.Equal((Expired, "expired", JobSamples.Start.AddSeconds(5), JobSamples.Start.AddSeconds(5)),
            (expired.Status, expired.StopReason, expired.ExpiresAt!.Value, expired.CompletedAt!.Value));
    }

    [Fact]
    public void A_job_is_one_batchs_alone()
    {
        Assert.True(Of(Running).IsOf(Batch));
        Assert.False(Of(Running).IsOf(new BatchId(Guid.CreateVersion7())));
        Assert.False(JobSamples.In(Running).IsOf(Batch));
        Assert.True((JobSamples.In(Running) with { Fingerprint = Batch.ToString() }).IsOf(Batch));
    }

    private static Decision Update(Job job, UpdateJob command) => job.Decide(command, JobSamples.ActAt(2), JobSamples.Limits);

    private static Job Of(JobStatus status) => JobSamples.In(status) with { BatchId = Batch };
}
