namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>The checker sees each of its faults, in a history that has this one alone; and none where there is none.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Two jobs, one of which ended and told so twice, with an unknown outcome, a repetition and a race that one of two won.
    /// </summary>
    private static readonly HistoryLine[] Good =
    [
        Line(Asked.Create, 0, 201, new("job-a", "pending", 1, null)) with { Operation = "c0-1", WantsCallback = true },
        Line(Asked.Create, 10, 0) with { Operation = "c0-2" },
        Line(Asked.Create, 20, 201, new("job-b", "pending", 1, null)) with { Operation = "c0-2" },
        Line(Asked.Change, 30, 200, new("job-a", "running", 2, null)) with { Operation = "c0-3", From = 1 },
        Line(Asked.Change, 30, 412) with { Operation = "c0-4", From = 1, Id = "job-a" },
        Line(Asked.Read, 40, 200, new("job-a", "running", 2, null)),
        Line(Asked.Change, 50, 200, new("job-a", "completed", 3, Noon)) with { Operation = "c0-5", From = 2 },
        Line(Asked.List, 60, 200) with { Jobs = [new("job-b", "pending", 1, null), new("job-a", "completed", 3, Noon)] },
        Line(Asked.Callback, 70, 0, new("job-a", "completed", 0, Noon)) with { Client = "receiver", WebhookId = "msg_a" },
        Line(Asked.Callback, 80, 0, new("job-a", "completed", 0, Noon)) with { Client = "receiver", WebhookId = "msg_a" },
        Line(Asked.LastList, 90, 200) with
        {
            Client = "last",
            Jobs = [new("job-b", "pending", 1, null), new("job-a", "completed", 4, Noon)],
        },
        Line(Asked.LastCount, 100, 200) with
        {
            Client = "last",
            Counts = new Dictionary<string, long> { ["pending"] = 1, ["completed"] = 1, ["failed"] = 0 },
        },
    ];

    [Fact]
    public void It_finds_nothing_where_all_promises_are_kept() => Assert.Empty(HistoryChecker.Check(Good));

    [Fact]
    public void It_sees_an_acknowledged_job_that_is_lost() => AssertSees(
        Promise.NothingAcknowledgedIsLost,
        [.. Good[..10], Good[10] with { Jobs = Good[10].Jobs!.Skip(1).ToList() }, Counts(pending: 0, completed: 1)]);

    [Fact]
    public void It_sees_an_acknowledged_change_that_is_lost() => AssertSees(
        Promise.NothingAcknowledgedIsLost,
        [.. Good, Line(Asked.Change, 65, 200, new("job-b", "running", 2, null)) with { Operation = "c1-1", From = 1, Client = "c1" }]);

    [Fact]
    public void It_sees_two_successes_from_one_version() => AssertSees(
        Promise.OneSuccessFromOneVersion,
        [.. Good, Line(Asked.Change, 31, 200, new("job-a", "running", 2, null)) with { Operation = "c1-1", From = 1, Client = "c1" }]);

    [Fact]
    public void A_repetition_of_one_operation_is_no_second_success() => Assert.Empty(
        HistoryChecker.Check(
            [.. Good, Line(Asked.Change, 35, 200, new("job-a", "running", 2, null)) with { Operation = "c0-3", From = 1 }]));

    [Fact]
    public void It_sees_a_change_after_the_end() => AssertSees(
        Promise.NothingAfterTheEnd,
        [.. Good, Line(Asked.Read, 65, 200, new("job-a", "failed", 4, Noon)) with { Client = "c1" }]);

    [Fact]
    public void It_sees_two_statuses_of_one_terminal_version() => AssertSees(
        Promise.NothingAfterTheEnd,
        [.. Good, Line(Asked.Read, 65, 200, new("job-a", "running", 3, null)) with { Client = "c1" }]);

    [Fact]
    public void It_sees_a_second_completion() => AssertSees(
        Promise.CompletedOnce,
        [.. Good, Line(Asked.Read, 65, 200, new("job-a", "completed", 3, Noon.AddSeconds(1))) with { Client = "c1" }]);

    [Fact]
    public void It_sees_an_end_without_a_moment() => AssertSees(
        Promise.CompletedOnce, [.. Good, Line(Asked.Read, 65, 200, new("job-a", "completed", 3, null)) with { Client = "c1" }]);

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public void It_sees_that_a_client_does_not_read_what_it_wrote(int answer) => AssertSees(
        Promise.OwnWritesAreRead,
        [.. Good, answer == 404
            ? Line(Asked.Read, 45, answer) with { Id = "job-a" }
            : Line(Asked.Read, 45, answer, new("job-a", "pending", 1, null))]);

    [Fact]
    public void Another_client_may_read_before_it_knows() => Assert.Empty(
        HistoryChecker.Check([.. Good, Line(Asked.Read, 45, 200, new("job-a", "pending", 1, null)) with { Client = "c1" }]));

    [Fact]
    public void It_sees_a_list_that_lacks_a_job() => AssertSees(
        Promise.ListsAreCompleteAndCountsExact, [.. Good, Good[7] with { Jobs = [Good[7].Jobs![1]] }]);

    [Fact]
    public void It_sees_a_list_with_a_job_twice() => AssertSees(
        Promise.ListsAreCompleteAndCountsExact, [.. Good, Good[7] with { Jobs = [.. Good[7].Jobs!, Good[7].Jobs![0]] }]);

    [Fact]
    public void It_sees_a_list_with_an_older_version() => AssertSees(
        Promise.ListsAreCompleteAndCountsExact,
        [.. Good, Good[7] with { Client = "c1", Jobs = [Good[7].Jobs![0], new("job-a", "running", 2, null)] }]);

    [Fact]
    public void It_sees_counts_that_are_not_those_of_the_list() => AssertSees(
        Promise.ListsAreCompleteAndCountsExact, [.. Good[..11], Counts(pending: 2, completed: 1)]);

    [Fact]
    public void It_sees_a_job_that_nobody_asked_for() => AssertSees(
        Promise.ListsAreCompleteAndCountsExact,
        [.. Good[..10], Good[10] with { Jobs = [.. Good[10].Jobs!, new("job-c", "pending", 1, null)] }, Counts(pending: 2, completed: 1)]);

    [Fact]
    public void It_sees_a_callback_that_never_came() => AssertSees(Promise.OwedCallbacksCome, [.. Good[..8], .. Good[10..]]);

    [Fact]
    public void It_sees_a_repetition_under_another_id() => AssertSees(
        Promise.OwedCallbacksCome, [.. Good[..9], Good[9] with { WebhookId = "msg_b" }, .. Good[10..]]);

    [Fact]
    public void It_sees_a_callback_of_a_job_that_has_not_ended() => AssertSees(
        Promise.OwedCallbacksCome,
        [.. Good, Line(Asked.Callback, 75, 0, new("job-b", "failed", 0, Noon)) with { Client = "receiver", WebhookId = "msg_b" }]);

    [Fact]
    public void A_history_is_read_as_it_was_written()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, Good.Select(line => line.ToString()));

            Assert.Equal(Good.Select(line => line.ToString()), HistoryFile.Read(path).Select(line => line.ToString()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>That promise is broken, and no other.</summary>
    private static void AssertSees(Promise promise, HistoryLine[] history) =>
        Assert.Equal([promise], HistoryChecker.Check(history).Select(breach => breach.Promise).Distinct());

    private static HistoryLine Counts(long pending, long completed) => Good[11] with
    {
        Counts = new Dictionary<string, long> { ["pending"] = pending, ["completed"] = completed },
    };

    private static HistoryLine Line(Asked asked, double begin, int answer, SeenState? job = null) =>
        new() { Asked = asked, Client = "c0", Begin = begin, End = begin + 5, Answer = answer, Job = job };
}
