using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Pages.Overview;

namespace JobTracker.Tests.Unit.Pages.Overview;

/// <summary>What needs attention, in words, with a number and a link.</summary>
public sealed class AttentionLinesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lost_heartbeats_lead_to_the_jobs_that_lost_them() => Assert.Equal(
        new AttentionLine(
            "heartbeat_lost",
            "3",
            "jobs lost their heartbeat and failed in the last 60 minutes",
            "/ui/jobs?status=failed&stop_reason=heartbeat_lost&completed_after=2026-03-01T12%3A00%3A00.000Z"),
        Assert.Single(AttentionLines.OfJobs(BadEnd.HeartbeatLost, 3, isLowerBound: false, Now)));

    [Fact]
    public void A_full_page_is_as_many_or_more()
    {
        var line = Assert.Single(AttentionLines.OfJobs(BadEnd.Expired, 50, isLowerBound: true, Now));
        Assert.Equal("50 or more", line.Number);
        Assert.Equal("/ui/jobs?status=expired&completed_after=2026-03-01T12%3A00%3A00.000Z", line.Address);
    }

    [Fact]
    public void One_job_is_spoken_of_as_one() => Assert.Equal(
        "job ran out of its timeout and failed in the last 60 minutes",
        Assert.Single(AttentionLines.OfJobs(BadEnd.TimedOut, 1, isLowerBound: false, Now)).Text);

    [Fact]
    public void What_did_not_happen_is_no_line()
    {
        Assert.Empty(AttentionLines.OfJobs(BadEnd.Expired, 0, isLowerBound: false, Now));
        Assert.Empty(AttentionLines.OfReceivers([]));
        Assert.Empty(AttentionLines.OfBatches([Batch(needsAttention: false)], isLowerBound: true));
        Assert.Empty(AttentionLines.OfOperations(Page(hasNext: true, Operation(OperationStatus.Completed, Now)), Now));
    }

    [Fact]
    public void A_receiver_that_takes_callbacks_again_needs_no_attention()
    {
        var line = Assert.Single(AttentionLines.OfReceivers(
        [
            new("down.example", 28, 12, Now.AddMinutes(-9), Now, "HTTP 503"),
            new("again.example", 1, 500, Now, Now.AddMinutes(-1), "HTTP 500"),
            new("fine.example", 7, 0, Now, null, null),
        ]));
        Assert.Equal(("12 of 40", "HTTP 503", "/ui/callbacks"), (line.Number, line.Detail, line.Address));
        Assert.Contains("down.example", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_receivers_the_first_are_named_and_the_others_counted()
    {
        var receivers = Enumerable.Range(0, AttentionLines.MostReceivers + 2)
            .Select(number => new ReceiverFigures($"host-{number}", 0, 9, null, Now, "refused"));
        var lines = AttentionLines.OfReceivers([.. receivers]).ToList();
        Assert.Equal(AttentionLines.MostReceivers + 1, lines.Count);
        Assert.Equal(("2", "more receivers fail"), (lines[^1].Number, lines[^1].Text));
        Assert.Equal(lines.Count, lines.DistinctBy(line => line.Key).Count());
    }

    [Fact]
    public void One_batch_is_led_to_with_what_it_says_and_several_by_their_list()
    {
        var batch = Batch(needsAttention: true);
        var one = Assert.Single(AttentionLines.OfBatches([batch, Batch(needsAttention: false)], isLowerBound: false));
        Assert.Equal(("1", $"/ui/batches/{batch.Id}", "401"), (one.Number, one.Address, one.Detail));
        var two = Assert.Single(AttentionLines.OfBatches([batch, Batch(needsAttention: true)], isLowerBound: true));
        Assert.Equal(("2 or more", "/ui/batches", null), (two.Number, two.Address, two.Detail));
    }

    [Fact]
    public void Operations_that_failed_long_ago_are_left_alone()
    {
        var failed = Operation(OperationStatus.Failed, Now);
        var line = Assert.Single(AttentionLines.OfOperations(
            Page(hasNext: true, failed, Operation(OperationStatus.Failed, Now.AddTicks(-1))), Now));
        Assert.Equal(("1", $"/ui/operations/{failed.Id}", "no database"), (line.Number, line.Address, line.Detail));
    }

    [Fact]
    public void Where_the_page_of_operations_does_not_reach_back_a_day_there_may_be_more() => Assert.Equal(
        "1 or more", Assert.Single(AttentionLines.OfOperations(Page(hasNext: true, Operation(OperationStatus.Failed, Now)), Now)).Number);

    private static OperationPage Page(bool hasNext, params ImmutableArray<OperationSnapshot> operations) => new(operations, hasNext, false);

    private static OperationSnapshot Operation(OperationStatus status, DateTimeOffset completedAt) => new()
    {
        Id = OperationId.New(TimeProvider.System),
        OrganizationId = "org",
        Version = 3,
        Status = status,
        Action = OperationAction.Cancel,
        MaxPerSecond = 200,
        CreatedById = "user",
        CompletedAt = completedAt,
        LastError = "no database",
    };

    private static BatchSnapshot Batch(bool needsAttention) => new()
    {
        Id = BatchId.New(TimeProvider.System),
        JobId = JobId.New(TimeProvider.System),
        OrganizationId = "org",
        Provider = "main",
        Status = BatchStatus.Running,
        Phase = BatchPhase.Polling,
        CreatedAt = Now,
        Version = 1,
        NeedsAttention = needsAttention,
        LastPollError = needsAttention ? "401" : null,
    };
}
