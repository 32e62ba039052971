using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Every limit of an update and of a cancellation, at it and one past it.</summary>
public sealed class UpdateRulesTests
{
    [Theory]
    [InlineData("end_turn", true)]
    [InlineData("a", true)]
    [InlineData("a.b", false)]
    [InlineData("a-b", false)]
    [InlineData("Error", false)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    [InlineData("a\n", false)]
    public void A_stop_reason_is_a_word(string reason, bool fine)
    {
        Check("stop_reason", fine, new UpdateJob { StopReason = Change.To(reason) });
        Check("stop_reason", fine, JobSamples.In(JobStatus.Running).Decide(new CancelJob { StopReason = reason }, JobSamples.ActAt(1)));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_stop_reason_has_64_characters(int length, bool fine) => A_stop_reason_is_a_word(new string('a', length), fine);

    [Theory]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(0, false)]
    public void An_error_code_has_1_to_128_characters(int length, bool fine) =>
        Check("error", fine, new UpdateJob { Error = Change.To(new JobError(new string('c', length), null)) });

    [Theory]
    [InlineData(0, true)]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void An_error_message_has_8192_characters(int length, bool fine) =>
        Check("error", fine, new UpdateJob { Error = Change.To(new JobError("c", new string('m', length))) });

    [Fact]
    public void An_error_is_text_that_can_be_stored() => Assert.All(
        new JobError[] { new("a\0", "m"), new("\ud800", "m"), new("c", "\0"), new("c", "x\udc00") },
        error => Check("error", fine: false, new UpdateJob { Error = Change.To(error) }));

    [Theory]
    [InlineData(0L, null, true)]
    [InlineData(0L, 0L, true)]
    [InlineData(5L, 5L, true)]
    [InlineData(6L, 5L, false)]
    [InlineData(-1L, null, false)]
    [InlineData(long.MaxValue, long.MaxValue, true)]
    public void Progress_counts_from_0_to_its_total(long completed, long? total, bool fine) =>
        Check("progress", fine, new UpdateJob { Progress = Change.To(new JobProgress(completed, total, null)) });

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_progress_message_has_1024_characters(int length, bool fine) =>
        Check("progress", fine, new UpdateJob { Progress = Change.To(new JobProgress(0, null, new string('m', length))) });

    [Fact]
    public void A_progress_message_is_text_that_can_be_stored() =>
        Check("progress", fine: false, new UpdateJob { Progress = Change.To(new JobProgress(0, null, "\0")) });

    [Theory]
    [InlineData(0L, true)]
    [InlineData(long.MaxValue, true)]
    [InlineData(-1L, false)]
    public void Durations_are_not_negative(long nanoseconds, bool fine)
    {
        Check("ttft_ns", fine, new UpdateJob { TtftNs = Change.To<long?>(nanoseconds) });
        Check("total_duration_ns", fine, new UpdateJob { TotalDurationNs = Change.To<long?>(nanoseconds) });
    }

    [Theory]
    [InlineData("""{"a":1}""", true)]
    [InlineData("""[]""", false)]
    [InlineData("""null""", false)]
    [InlineData("""{"a":1,"a":2}""", false)]
    public void A_patch_of_the_metadata_is_an_object(string patch, bool fine) =>
        Check("metadata", fine, new UpdateJob { MetadataPatch = patch });

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void The_merged_metadata_has_64_KiB(int bytes, bool fine)
    {
        const int Half = 40_000;
        var job = JobSamples.Stored(JobSamples.Create(new CreateJob { Metadata = Text("a", Half) }));
        var patch = Text("b", bytes - Half + 1);
        Check("metadata", fine, job.Decide(new UpdateJob { MetadataPatch = patch }, JobSamples.ActAt(1), JobSamples.Limits));
    }

    [Fact]
    public void Null_takes_a_field_away_and_nothing_leaves_it_alone()
    {
        var full = JobSamples.Stored(JobSamples.In(JobStatus.Running).Decide(
            new UpdateJob { StopReason = Change.To("error"), Error = Change.To(new JobError("c", null)), TtftNs = Change.To<long?>(1) },
            JobSamples.ActAt(1),
            JobSamples.Limits));
        Assert.IsType<Decision.Keep>(full.Decide(new UpdateJob(), JobSamples.ActAt(2), JobSamples.Limits));

        var bare = JobSamples.Stored(full.Decide(
            new UpdateJob { StopReason = Change.To<string>(null), Error = Change.To<JobError>(null), TtftNs = Change.To<long?>(null) },
            JobSamples.ActAt(2),
            JobSamples.Limits));
        Assert.Equal((null, null, null), (bare.Snapshot.StopReason, bare.Snapshot.Error, bare.Snapshot.TtftNs));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void An_expiry_is_in_the_future_as_a_creates_is(int microseconds, bool fine) =>
        Check("expires_at", fine,
            new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(JobSamples.ActAt(1).At.AddMicroseconds(microseconds)) });

    [Fact]
    public void An_expiry_that_is_so_already_is_no_change_however_late_it_is_sent_again()
    {
        var change = new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(JobSamples.ActAt(2).At) };
        var job = JobSamples.Stored(JobSamples.In(JobStatus.Running).Decide(change, JobSamples.ActAt(1), JobSamples.Limits));
        Assert.IsType<Decision.Keep>(job.Decide(change, JobSamples.ActAt(3), JobSamples.Limits));
    }

    [Fact]
    public void An_expiry_is_kept_to_the_microsecond()
    {
        var asked = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)).AddTicks(1_234_567);
        var job = JobSamples.Stored(JobSamples.In(JobStatus.Running)
            .Decide(new UpdateJob { ExpiresAt = Change.To<DateTimeOffset?>(asked) }, JobSamples.ActAt(1), JobSamples.Limits));
        Assert.Equal((asked.AddTicks(-7), TimeSpan.Zero), (job.Snapshot.ExpiresAt!.Value, job.Snapshot.ExpiresAt.Value.Offset));
    }

    /// <summary>An object of one string member, as many bytes as asked for.</summary>
    private static string Text(string name, int bytes) => $"{{\"{name}\":\"{new string('x', bytes - 8)}\"}}";

    private static void Check(string field, bool fine, UpdateJob command) =>
        Check(field, fine, JobSamples.In(JobStatus.Running).Decide(command, JobSamples.ActAt(1), JobSamples.Limits));

    private static void Check(string field, bool fine, Decision decision)
    {
        if (fine)
            JobSamples.Stored(decision);
        else
            Assert.Equal(field, JobSamples.Refused<Refusal.InvalidField>(decision).Field);
    }
}
