using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Every status meets every command, against one literal table.</summary>
public sealed class JobCommandTests
{
    /// <summary>A status: entered. kept: accepted, nothing changes. no: refused, the transition is not in the table.</summary>
    private const string Table = """
        in         →created  →pending  →running  →completed  →failed  →cancelled  →expired  cancel     delete   stale
        created    kept      pending   no        no          no       cancelled   no        cancelled  removed  mismatch
        pending    no        kept      running   no          no       cancelled   no        cancelled  removed  mismatch
        running    no        no        kept      completed   failed   cancelled   no        cancelled  removed  mismatch
        completed  no        no        no        kept        no       no          no        no         removed  mismatch
        failed     no        no        no        no          kept     no          no        no         removed  mismatch
        cancelled  no        no        no        no          no       kept        no        kept       removed  mismatch
        expired    no        no        no        no          no       no          kept      no         removed  mismatch
        """;

    private static readonly JobStatus[] Statuses = Enum.GetValues<JobStatus>();

    public static TheoryData<JobStatus> Ends => [.. Statuses.Where(status => status.IsTerminal)];

    public static TheoryData<JobStatus> Living => [.. Statuses.Where(status => !status.IsTerminal)];

    [Fact]
    public void Every_command_in_every_status_is_answered_as_the_table_says()
    {
        var expected = Table.ReplaceLineEndings("\n")
            .Split('\n').Skip(1).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(expected, Statuses.Select(status => $"{status.Word} {string.Join(' ', Answers(JobSamples.In(status)))}"));
    }

    [Fact]
    public void A_create_is_answered_by_the_status_it_asks_for() =>
        Assert.Equal(
            ["created: created", "pending: created pending", "running: created pending running", "completed: no", "failed: no",
                "cancelled: no", "expired: no"],
            Statuses.Select(status => $"{status.Word}: {Created(JobSamples.Create(new CreateJob { Status = status }))}"));

    [Fact]
    public void A_refused_transition_says_from_where_to_where_what_would_do_and_why_the_job_ended()
    {
        var completed = JobSamples.Stored(
            JobSamples.In(JobStatus.Running)
                .Decide(new UpdateJob { Status = JobStatus.Completed, StopReason = Change.To("end_turn") }, JobSamples.ActAt(1),
                    JobSamples.Limits));

        var late = JobSamples.Refused<Refusal.TransitionNotAllowed>(completed.Decide(new CancelJob(), JobSamples.ActAt(2)));
        Assert.Equal((JobStatus.Completed, JobStatus.Cancelled, "end_turn"), (late.From, late.To, late.StopReason));
        Assert.Empty(late.Allowed);

        var early = JobSamples.Refused<Refusal.TransitionNotAllowed>(
            JobSamples.In(JobStatus.Created).Decide(new UpdateJob { Status = JobStatus.Running }, JobSamples.ActAt(1), JobSamples.Limits));
        Assert.Equal([JobStatus.Pending, JobStatus.Cancelled], early.Allowed);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Of_a_job_that_has_ended_only_the_metadata_may_change(JobStatus status)
    {
        var job = JobSamples.In(status);
        var refused = JobSamples.Refused<Refusal.JobHasEnded>(job.Decide(EveryOutcomeField, JobSamples.ActAt(5), JobSamples.Limits));
        Assert.Equal(["stop_reason", "error", "progress", "ttft_ns", "total_duration_ns", "expires_at"], refused.Fields);
        Assert.Equal((status, job.Snapshot.StopReason), (refused.Status, refused.StopReason));

        var noted = JobSamples.Stored(
            job.Decide(new UpdateJob { MetadataPatch = """{"note":1}""" }, JobSamples.ActAt(5, "bob"), JobSamples.Limits));
        var expected = job.Snapshot with
        {
            Version = job.Snapshot.Version
            + 1,
            Metadata = """{"note":1}""",
            UpdatedAt = JobSamples.Start.AddSeconds(5),
            LastUpdatedById = "bob"
        };
        Assert.Equal(expected, noted.Snapshot);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_late_report_that_mixes_metadata_with_an_outcome_changes_nothing(JobStatus status) =>
        JobSamples.Refused<Refusal.JobHasEnded>(
            JobSamples.In(status)
                .Decide(EveryOutcomeField with { MetadataPatch = """{"note":1}""" }, JobSamples.ActAt(5), JobSamples.Limits));

    [Theory]
    [MemberData(nameof(Living))]
    public void A_living_job_takes_every_field_in_one_version(JobStatus status)
    {
        var job = JobSamples.In(status).Snapshot;
        var next = JobSamples.Stored(JobSamples.In(status).Decide(EveryOutcomeField, JobSamples.ActAt(5), JobSamples.Limits)).Snapshot;
        Assert.Equal(
            job with
            {
                Version = 2,
                UpdatedAt = JobSamples.Start.AddSeconds(5),
                StopReason = "max_steps",
                Error = new JobError("late", "why"),
                Progress = new JobProgress(1, 2, "half"),
                HeartbeatAt = JobSamples.Start.AddSeconds(5),
                TtftNs = 7,
                TotalDurationNs = 8,
                ExpiresAt = JobSamples.Start.AddDays(1),
                History = next.History,
            },
            next);
        Assert.Equal(job.History, next.History);
    }

    [Fact]
    public void The_duration_is_from_start_to_end_unless_the_worker_gave_one()
    {
        var running = JobSamples.In(JobStatus.Running);
        var measured = JobSamples.Stored(
            running.Decide(new UpdateJob { Status = JobStatus.Completed }, JobSamples.ActAt(1.5), JobSamples.Limits));
        var given = JobSamples.Stored(
            running.Decide(new UpdateJob { Status = JobStatus.Completed, TotalDurationNs = Change.To<long?>(42) }, JobSamples.ActAt(1.5),
                JobSamples.Limits));
        var neverRan = JobSamples.Stored(JobSamples.In(JobStatus.Pending).Decide(new CancelJob(), JobSamples.ActAt(1.5)));
        Assert.Equal((1_500_000_000, 42, null),
            (measured.Snapshot.TotalDurationNs, given.Snapshot.TotalDurationNs, neverRan.Snapshot.TotalDurationNs));
    }

    [Fact]
    public void A_cancellation_gives_its_reason_whatever_stood_there_before()
    {
        var job = JobSamples.Stored(JobSamples.In(JobStatus.Running)
            .Decide(new UpdateJob { StopReason = Change.To("tool_rule") }, JobSamples.ActAt(1), JobSamples.Limits));
        Assert.Equal("cancelled", JobSamples.Stored(job.Decide(new CancelJob(), JobSamples.ActAt(2))).Snapshot.StopReason);
        Assert.Equal("user_request", JobSamples.Stored(
            job.Decide(new CancelJob { StopReason = "user_request" }, JobSamples.ActAt(2))).Snapshot.StopReason);
        Assert.Equal(
            "cancelled", JobSamples.Stored(JobSamples.In(JobStatus.Created)
                .Decide(new UpdateJob { Status = JobStatus.Cancelled }, JobSamples.ActAt(2), JobSamples.Limits)).Snapshot.StopReason);
    }

    [Fact]
    public void An_update_gives_the_reason_that_it_names_and_a_cancellation_its_own_where_it_names_none()
    {
        var running = JobSamples.In(JobStatus.Running);
        Assert.Equal("user_request", Reason(new UpdateJob { Status = JobStatus.Cancelled, StopReason = Change.To("user_request") }));
        Assert.Equal("cancelled", Reason(new UpdateJob { Status = JobStatus.Cancelled }));
        Assert.Null(Reason(new UpdateJob { Status = JobStatus.Completed }));

        string? Reason(UpdateJob command) =>
            JobSamples.Stored(running.Decide(command, JobSamples.ActAt(1), JobSamples.Limits)).Snapshot.StopReason;
    }

    private static UpdateJob EveryOutcomeField => new()
    {
        StopReason = Change.To("max_steps"),
        Error = Change.To(new JobError("late", "why")),
        Progress = Change.To(new JobProgress(1, 2, "half")),
        TtftNs = Change.To<long?>(7),
        TotalDurationNs = Change.To<long?>(8),
        ExpiresAt = Change.To<DateTimeOffset?>(JobSamples.Start.AddDays(1)),
    };

    private static IEnumerable<string> Answers(Job job) =>
    [
        .. Statuses.Select(status => Word(job.Decide(new UpdateJob { Status = status }, JobSamples.ActAt(9), JobSamples.Limits))),
        Word(job.Decide(new CancelJob(), JobSamples.ActAt(9))),
        Word(job.Decide(new DeleteJob())),
        Stale(job),
    ];

    /// <summary>A version that is not the job's refuses every command before anything else is looked at.</summary>
    private static string Stale(Job job) =>
        string.Join('/', ((string[])
        [
            Word(
                job.Decide(new UpdateJob { Status = job.Snapshot.Status, ExpectedVersion = job.Snapshot.Version + 1 }, JobSamples.ActAt(9),
                    JobSamples.Limits)),
            Word(job.Decide(new CancelJob { ExpectedVersion = job.Snapshot.Version - 1 }, JobSamples.ActAt(9))),
            Word(job.Decide(new DeleteJob { ExpectedVersion = 0 })),
        ]).Distinct());

    private static string Created(Decision decision) => decision switch
    {
        Decision.Store { Next: var job } => string.Join(' ', job.Snapshot.History.Select(entry => entry.Status.Word)),
        Decision.Refuse { Reason: Refusal.InvalidField { Field: "status" } } => "no",
        _ => $"unexpected {decision}",
    };

    private static string Word(Decision decision) => decision switch
    {
        Decision.Store { Next: var job } => job.Snapshot.Status.Word,
        Decision.Keep => "kept",
        Decision.Remove => "removed",
        Decision.Refuse { Reason: Refusal.TransitionNotAllowed } => "no",
        Decision.Refuse { Reason: Refusal.VersionMismatch } => "mismatch",
        _ => $"unexpected {decision}",
    };
}
