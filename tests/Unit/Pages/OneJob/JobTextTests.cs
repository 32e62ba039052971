using JobTracker.Jobs;
using JobTracker.Pages.OneJob;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Pages.OneJob;

/// <summary>A job's page in words: what is next, how it got there, who is told.</summary>
public sealed class JobTextTests
{
    private static readonly DateTimeOffset At = JobRows.Start.AddHours(1);
    private static readonly JobSnapshot Job = JobRows.New("org").Snapshot;

    [Theory]
    [InlineData(JobNeed.Expire, null, "It expires", "unless it ends before: its expires_at.")]
    [InlineData(JobNeed.Timeout, null, "It fails", "unless it ends before: its timeout since it began to run.")]
    [InlineData(JobNeed.HeartbeatDue, null, "It fails", "unless its worker shows before that it is alive.")]
    [InlineData(JobNeed.CallbackAttempt, 1, "Its receiver is told of its end", "")]
    [InlineData(JobNeed.CallbackAttempt, 3, "Attempt 3 to tell its receiver of its end is made", "")]
    [InlineData(JobNeed.Purge, null, "It is removed", "by the retention of jobs that ended so.")]
    public void What_is_next_has_its_moment_and_its_cause(JobNeed need, int? attempt, string before, string after) =>
        Assert.Equal(new NextText(before, At, after), NextText.Of(Job with { Next = new JobNext(need, At, attempt) }));

    [Theory]
    [InlineData(JobStatus.Created, "It waits to be queued by whoever made it.")]
    [InlineData(JobStatus.Pending, "It waits for a worker to start it.")]
    [InlineData(JobStatus.Running, "It runs until its worker reports its end: no deadline is set.")]
    [InlineData(JobStatus.Completed, "Nothing: it has ended.")]
    [InlineData(JobStatus.Failed, "Nothing: it has ended.")]
    [InlineData(JobStatus.Cancelled, "Nothing: it has ended.")]
    [InlineData(JobStatus.Expired, "Nothing: it has ended.")]
    public void Where_nothing_is_due_the_status_says_what_is_waited_for(JobStatus status, string text) =>
        Assert.Equal(new NextText(text, null, ""), NextText.Of(Job with { Status = status }));

    [Fact]
    public void A_group_waits_for_its_children()
    {
        Assert.Equal("It takes children until it is sealed.", NextText.Of(Job with { Group = new JobGroup() }).Before);
        Assert.Equal("It ends when none of its children is open.", NextText.Of(Job with { Group = new JobGroup(IsSealed: true) }).Before);
        Assert.Equal(
            "Nothing: it has ended.",
            NextText.Of(Job with { Group = new JobGroup(IsSealed: true), Status = JobStatus.Completed }).Before);
    }

    [Fact]
    public void Each_step_of_the_history_lasted_until_the_next_and_the_last_one_still_does()
    {
        var history = new[]
        {
            new JobTransition(JobStatus.Created, At, "ann", null),
            new JobTransition(JobStatus.Running, At.AddSeconds(5), "worker", null),
            new JobTransition(JobStatus.Failed, At.AddMinutes(2), "system", "timeout"),
        };
        Assert.Equal(
            [
                new HistoryStep(history[0], TimeSpan.FromSeconds(5)), new HistoryStep(history[1], TimeSpan.FromSeconds(115)),
                new HistoryStep(history[2], null),
            ],
            Steps.Of(Job with { History = [.. history] }));
    }

    [Theory]
    [InlineData("https://receiver.example/hook", "https://receiver.example/hook")]
    [InlineData("https://receiver.example:8443/a/b?token=secret", "https://receiver.example:8443/a/b?…")]
    [InlineData("https://user:secret@receiver.example/hook", "https://receiver.example/hook")]
    [InlineData("https://receiver.example/hook#secret", "https://receiver.example/hook")]
    [InlineData("https://receiver.example/\"><script>", "https://receiver.example/%22%3E%3Cscript%3E")]
    [InlineData("secret", "an address that cannot be read")]
    public void A_receiver_is_named_without_what_may_be_a_token(string url, string text) => Assert.Equal(text, CallbackText.Receiver(url));

    [Fact]
    public void How_the_telling_stands_is_one_word()
    {
        var callback = new JobCallback { Url = "https://receiver.example/", Events = [JobStatus.Completed] };
        Assert.Equal(
            ["waiting", "owed", "owed", "failed", "delivered"],
            new[]
            {
                callback, callback with { NextAttemptAt = At }, callback with { NextAttemptAt = At, Attempts = 2 },
                callback with { Attempts = 5 }, callback with { Attempts = 1, DeliveredAt = At },
            }.Select(state => CallbackText.State(Job with { Callback = state })));
    }
}
