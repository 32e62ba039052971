using System.Threading.Channels;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Live;
using JobTracker.Pages.OneJob;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Pages.OneJob;

/// <summary>How a job's live page hears of it.</summary>
public sealed class JobViewsTests
{
    private static readonly PageCaller Who = new(new Caller("org", "user"), []);
    private static readonly JobSnapshot Job = JobRows.New("org").Snapshot with { Metadata = """{"a": 1}""" };
    private static readonly JobCallback Callback = new() { Url = "https://receiver.example/", Events = [JobStatus.Completed] };

    private readonly EdgeJobDoor _door = new();

    [Fact]
    public async Task A_change_is_told_without_its_documents_and_with_another_mark_where_they_changed()
    {
        var views = new JobViews(_door, TimeProvider.System);
        _door.Now = Job;
        var first = (await views.ReadAsync(Who, Job.Id))!;
        var heard = Channel.CreateUnbounded<LiveState<JobView>>();
        using var listening = views.Feed.Listen(Who, new JobKey("org", Job.Id), first, state => heard.Writer.TryWrite(state));

        _door.Tell(Job with { Version = 2, Status = JobStatus.Running });
        var second = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.Equal(("{}", first.Documents, JobStatus.Running), (second.Value!.Job.Metadata, second.Value.Documents, second.Value.Job.Status));
        _door.Tell(Job with { Version = 3, Metadata = """{"a": 2}""" });
        var third = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.NotEqual(first.Documents, third.Value!.Documents);
        _door.Tell(null);
        Assert.True((await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon()).IsGone);
    }

    [Fact]
    public async Task Attempts_of_the_callback_are_read_when_there_is_another_and_not_at_every_change()
    {
        var views = new JobViews(_door, TimeProvider.System);
        _door.Now = Job with { Callback = Callback };
        var first = (await views.ReadAsync(Who, Job.Id))!;
        Assert.Equal((null, 0), (first.Attempts, _door.AttemptReads));
        var heard = Channel.CreateUnbounded<LiveState<JobView>>();
        using var listening = views.Feed.Listen(Who, new JobKey("org", Job.Id), first, state => heard.Writer.TryWrite(state));

        var tried = Job with { Version = 2, Callback = Callback with { Attempts = 1 } };
        _door.Tell(tried);
        var second = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.Equal((_door.Attempts, 1), (second.Value!.Attempts, _door.AttemptReads));
        _door.Tell(tried with { Version = 3 });
        var third = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.Equal((_door.Attempts, 1), (third.Value!.Attempts, _door.AttemptReads));
    }

    [Fact]
    public async Task The_counts_of_an_open_group_are_told_though_it_has_no_new_version()
    {
        var views = new JobViews(_door, TimeProvider.System);
        var group = Job with { Group = new JobGroup(), Children = new ChildCounts { Running = 1 } };
        _door.Now = group;
        var heard = Channel.CreateUnbounded<LiveState<JobView>>();
        using var listening = views.Feed.Listen(
            Who, new JobKey("org", Job.Id), await views.ReadAsync(Who, Job.Id), state => heard.Writer.TryWrite(state));
        _door.Now = group with { Children = new ChildCounts { Completed = 1 } };
        var told = await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();
        Assert.Equal(new ChildCounts { Completed = 1 }, told.Value!.Job.Children);
    }
}
