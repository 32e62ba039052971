using JobTracker.Callers;
using JobTracker.Client.Retrying;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Client;

public sealed class LostAnswerTests
{
    private const string Me = "me";
    private const string Other = "other";
    private static readonly Caller Caller = new("org", Me);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UpdateJob Run = new() { Status = JobStatus.Running, ExpectedVersion = 2 };
    private static readonly UpdateJob Half = new() { Progress = Change.To(new JobProgress(1, 2, "half")) };

    [Fact]
    public void A_job_that_is_gone_is_not_found() =>
        Assert.Equal(new JobOutcome.NotFound(), LostAnswer.Judge(Half, Caller, job: null, later: null));

    [Fact]
    public void A_status_entered_by_the_caller_was_accepted_even_if_the_job_moved_on()
    {
        var job = Job(4, Other, (JobStatus.Created, Me), (JobStatus.Running, Me), (JobStatus.Cancelled, Other));
        Assert.Equal(new JobOutcome.Accepted(job), LostAnswer.Judge(Run, Caller, job, Stale(2, 4)));
    }

    [Fact]
    public void A_status_entered_by_another_in_the_expected_version_was_refused() =>
        Assert.Equal(
            Stale(2, 3), LostAnswer.Judge(Run, Caller, Job(3, Other, (JobStatus.Created, Me), (JobStatus.Running, Other)), Stale(2, 3)));

    [Fact]
    public void A_status_that_was_never_entered_was_refused_however_far_the_job_moved() =>
        Assert.Equal(
            Stale(2, 9), LostAnswer.Judge(Run, Caller, Job(9, Other, (JobStatus.Created, Me), (JobStatus.Cancelled, Other)), Stale(2, 9)));

    [Fact]
    public void A_claim_by_a_rival_of_the_same_user_is_not_taken_for_ones_own()
    {
        var claim = Run with { Progress = Change.To(new JobProgress(0, Total: null, "run 1")) };
        var running = Job(3, Me, (JobStatus.Created, Me), (JobStatus.Running, Me));
        var rivals = running with { Progress = new JobProgress(0, Total: null, "run 2") };
        var own = running with { Progress = new JobProgress(0, Total: null, "run 1") };
        Assert.Equal(Stale(2, 3), LostAnswer.Judge(claim, Caller, rivals, Stale(2, 3)));
        Assert.Equal(new JobOutcome.Accepted(own), LostAnswer.Judge(claim, Caller, own, Stale(2, 3)));
    }

    [Fact]
    public void A_guarded_change_that_later_versions_may_hide_is_not_known()
    {
        var guarded = Half with { ExpectedVersion = 2 };
        Assert.Null(LostAnswer.Judge(guarded, Caller, Job(4, Other, (JobStatus.Created, Me)), Stale(2, 4)));
        Assert.Equal(Stale(2, 3), LostAnswer.Judge(guarded, Caller, Job(3, Other, (JobStatus.Created, Me)), Stale(2, 3)));
    }

    [Fact]
    public void A_blind_change_stands_if_the_job_shows_it_by_the_callers_hand()
    {
        var job = Job(3, Me, (JobStatus.Created, Me)) with { Progress = new JobProgress(1, 2, "half") };
        Assert.Equal(new JobOutcome.Accepted(job), LostAnswer.Judge(Half, Caller, job, later: null));
        Assert.Null(LostAnswer.Judge(Half, Caller, job with { LastUpdatedById = Other }, later: null));
        Assert.Null(LostAnswer.Judge(Half, Caller, job with { Progress = null }, later: null));
    }

    public static TheoryData<UpdateJob> Asked => new()
    {
        new UpdateJob { StopReason = Change.To("other") },
        new UpdateJob { Error = Change.To(new JobError("other", null)) },
        new UpdateJob { Progress = Change.To(new JobProgress(9, null, null)) },
        new UpdateJob { TtftNs = Change.To<long?>(9) },
        new UpdateJob { TotalDurationNs = Change.To<long?>(9) },
        new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(Noon.AddTicks(10)) },
        new UpdateJob { MetadataPatch = """{"a":2}""" },
        new UpdateJob { Status = JobStatus.Running },
    };

    [Theory, MemberData(nameof(Asked))]
    public void Each_field_counts(UpdateJob command) =>
        Assert.Null(LostAnswer.Judge(
            command, Caller, Job(2, Me, (JobStatus.Created, Me)) with { Metadata = """{"a":1}""", ExpiresAt = Noon }, later: null));

    [Fact]
    public void Times_are_compared_as_they_are_stored()
    {
        var job = Job(2, Me, (JobStatus.Created, Me)) with { ExpiresAt = Noon };
        Assert.Equal(new JobOutcome.Accepted(
            job), LostAnswer.Judge(new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(Noon.AddTicks(9)) }, Caller, job, later: null));
    }

    [Fact]
    public void A_job_cancelled_by_the_caller_was_cancelled_by_this_call()
    {
        var job = Job(2, Me, (JobStatus.Created, Me), (JobStatus.Cancelled, Me));
        Assert.Equal(new JobOutcome.Accepted(job), LostAnswer.Judge(Caller, job, Stale(1, 2)));
        var others = Job(2, Other, (JobStatus.Created, Me), (JobStatus.Cancelled, Other));
        Assert.Equal(Stale(1, 2), LostAnswer.Judge(Caller, others, Stale(1, 2)));
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"a":1}""", true)]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"b":{"c":2,"d":null}}""", true)]
    [InlineData("""{"a":1.0}""", """{"a":1}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2]}""", true)]
    [InlineData("""{"a":1}""", """{"a":null}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", false)]
    [InlineData("""{"a":1}""", """{"a":{}}""", false)]
    [InlineData("""{}""", """{"a":{"b":null}}""", false)]
    [InlineData("""{"a":1}""", "no json", false)]
    public void A_patch_is_merged_when_it_has_nothing_left_to_do(string metadata, string patch, bool merged) =>
        Assert.Equal(merged, MergedPatch.IsIn(metadata, patch));

    private static JobOutcome.Refused Stale(long expected, long actual) => new(new Refusal.VersionMismatch(expected, actual));

    private static JobSnapshot Job(long version, string lastUpdatedBy, params ReadOnlySpan<(JobStatus Status, string By)> history) => new()
    {
        Id = new JobId(Guid.Parse("01890000-0000-7000-8000-000000000000")),
        OrganizationId = "org",
        UserId = Me,
        JobType = "job",
        Status = history[^1].Status,
        Version = version,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        History = [.. history.ToArray().Select(entry => new JobTransition(entry.Status, Noon, entry.By, StopReason: null))],
        CreatedById = Me,
        LastUpdatedById = lastUpdatedBy,
    };
}
