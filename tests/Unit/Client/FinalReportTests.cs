using System.Text.Json.Nodes;
using JobTracker.Client;
using JobTracker.Client.Running;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Client;

public sealed class FinalReportTests
{
    [Fact]
    public void A_worker_with_nothing_to_add_just_completes() =>
        Assert.Equal(new UpdateJob { Status = JobStatus.Completed }, FinalReport.Completed(new JobCompletion()));

    [Fact]
    public void What_the_worker_added_is_sent_in_nanoseconds() =>
        Assert.Equal(
            new UpdateJob
            {
                Status = JobStatus.Completed,
                StopReason = Change.To("end_turn"),
                TotalDurationNs = Change.To<long?>(2_000_000_000),
                TtftNs = Change.To<long?>(100),
                MetadataPatch = """{"tokens":7}""",
            },
            FinalReport.Completed(new JobCompletion
            {
                StopReason = "end_turn",
                TotalDuration = TimeSpan.FromSeconds(2),
                TimeToFirstToken = TimeSpan.FromTicks(1),
                Metadata = new JsonObject { ["tokens"] = 7 },
            }));

    [Fact]
    public void An_exception_fails_the_job_under_its_types_name() =>
        Assert.Equal(Failed("InvalidOperationException", "no luck"), FinalReport.Failed(
            new InvalidOperationException("no luck"), wasStopped: false));

    [Fact]
    public void An_exception_of_ones_own_names_code_and_stop_reason() =>
        Assert.Equal(Failed("bad_page", "page 3", "invalid_tool_call"), FinalReport.Failed(
            new JobFailedException("bad_page", "page 3", "invalid_tool_call"), wasStopped: true));

    [Fact]
    public void A_worker_that_was_stopped_says_so_and_one_that_gave_up_by_itself_does_not()
    {
        Assert.Equal("worker_stopped", FinalReport.Failed(new TaskCanceledException(), wasStopped: true).Error.Value!.Code);
        Assert.Equal("TaskCanceledException", FinalReport.Failed(new TaskCanceledException(), wasStopped: false).Error.Value!.Code);
    }

    /// <summary>Halves of surrogate pairs, which no attribute could carry.</summary>
    public static TheoryData<int[], int[]> Messages => new()
    {
        { ['a', 0, 'b'], ['a', 0xFFFD, 'b'] },
        { ['a', 0xD83D], ['a', 0xFFFD] },
        { ['a', 0xDE00, 'b'], ['a', 0xFFFD, 'b'] },
        { ['a', 0xD83D, 0xDE00], ['a', 0xD83D, 0xDE00] },
    };

    [Theory, MemberData(nameof(Messages))]
    public void A_message_that_no_database_can_hold_does_not_keep_a_job_from_failing(int[] said, int[] stored) =>
        Assert.Equal(Failed("TimeoutException", Text(stored)), FinalReport.Failed(new TimeoutException(Text(said)), wasStopped: false));

    [Fact]
    public void Code_and_message_are_cut_to_what_a_job_holds()
    {
        var error = FinalReport.Failed(new JobFailedException(new string('c', 129), new string('m', 8193)), wasStopped: false).Error.Value!;
        Assert.Equal((128, 8192), (error.Code.Length, error.Message!.Length));
    }

    private static UpdateJob Failed(string code, string message, string stopReason = "error") => new()
    {
        Status = JobStatus.Failed,
        StopReason = Change.To(stopReason),
        Error = Change.To(new JobError(code, message)),
    };

    private static string Text(int[] units) => string.Concat(units.Select(unit => (char)unit));
}
