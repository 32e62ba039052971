using Bunit;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.OneJob;
using JobTracker.Pages.Parts;
using JobTracker.Tests.Unit.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>The parts of a job's page.</summary>
public sealed class JobPartsTests
{
    private static readonly JobId Id = PageJobs.Ids(1)[0];
    private static readonly JobCallback Callback = new() { Url = "https://receiver.example/hook?token=secret", Events = [JobStatus.Failed] };

    [Theory]
    [InlineData(JobStatus.Running, "Cancel the job, Move")]
    [InlineData(JobStatus.Pending, "Cancel the job, Move")]
    [InlineData(JobStatus.Completed, "")]
    [InlineData(JobStatus.Failed, "Retry as a new job, Send the callback again")]
    [InlineData(JobStatus.Cancelled, "Retry as a new job")]
    [InlineData(JobStatus.Expired, "Retry as a new job")]
    public async Task What_its_status_forbids_is_not_offered(JobStatus status, string actions)
    {
        await using var parts = Parts.OnTheServer();
        Assert.Equal(actions, Actions(parts, PageJobs.Job(Id, status) with { Callback = Callback }));
    }

    [Theory]
    [InlineData(Scopes.JobsRead, "")]
    [InlineData(Scopes.CallbacksManage, "Send the callback again")]
    [InlineData(Scopes.JobsWrite, "Retry as a new job")]
    public async Task What_is_not_permitted_is_not_offered(string scope, string actions)
    {
        await using var parts = Parts.OnTheServer();
        parts.Who = parts.Who with { Held = [scope] };
        Assert.Equal(actions, Actions(parts, PageJobs.Job(Id, JobStatus.Failed) with { Callback = Callback }));
    }

    [Fact]
    public async Task A_job_that_was_retried_is_not_retried_again()
    {
        await using var parts = Parts.OnTheServer();
        Assert.Equal("", Actions(parts, PageJobs.Job(Id, JobStatus.Failed) with { RetriedBy = Id }));
    }

    [Fact]
    public async Task The_next_heartbeat_is_due_while_it_runs()
    {
        await using var parts = Parts.OnTheServer();
        var job = PageJobs.Job(Id) with { HeartbeatTimeout = TimeSpan.FromSeconds(30), HeartbeatAt = PageJobs.Now };
        Assert.Contains("the next is due", Clocks(parts, job), StringComparison.Ordinal);
        Assert.Contains("2026-01-31T12:00:30.000Z", Clocks(parts, job), StringComparison.Ordinal);
        Assert.DoesNotContain("the next is due", Clocks(parts, job with { Status = JobStatus.Completed }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_attempt_comes_first_and_a_receivers_query_nowhere()
    {
        await using var parts = Parts.OnTheServer();
        var attempts = new JobCallbackAttempts(
        [
            new JobCallbackAttempt(PageJobs.Now, 500, "no", TimeSpan.FromMilliseconds(3)),
            new JobCallbackAttempt(PageJobs.Now.AddMinutes(1), null, "refused", TimeSpan.FromMilliseconds(4)),
        ]);
        var part = parts.Render<CallbackPart>(of => of
            .Add(one => one.Job, PageJobs.Job(Id, JobStatus.Failed) with { Callback = Callback })
            .Add(one => one.Attempts, attempts));
        Assert.Equal(["none", "500"], part.FindAll("tbody tr").Select(row => row.QuerySelectorAll("td")[1].TextContent));
        Assert.DoesNotContain("secret", part.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5L, 10L, 1, "5 of 10")]
    [InlineData(1_234L, null, 0, "1,234")]
    [InlineData(0L, 0L, 0, "0 of 0")]
    public async Task Progress_without_a_total_has_no_bar(long completed, long? total, int bars, string text)
    {
        await using var parts = Parts.OnTheServer();
        var part = parts.Render<ProgressPart>(of => of.Add(one => one.Progress, new JobProgress(completed, total, "words")));
        Assert.Equal((bars, text), (part.FindAll("progress").Count, part.Find(".figure").TextContent));
        Assert.Empty(part.FindAll(".message"));
    }

    private static string Actions(Parts parts, JobSnapshot job) => string.Join(
        ", ",
        parts.Render<JobActions>(of => of.Add(part => part.Job, job).Add(part => part.Act, _ => Task.CompletedTask))
            .FindAll("button").Select(button => button.TextContent));

    private static string Clocks(Parts parts, JobSnapshot job) => parts.Render<JobClocks>(of => of.Add(part => part.Job, job)).Markup;
}
