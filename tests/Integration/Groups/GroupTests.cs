using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Groups;

/// <summary>What groups do by themselves, through the real grains and the real sweeper.</summary>
public abstract class GroupTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private static readonly CreateJob AGroup = new() { JobType = "group", Group = new NewGroup() };
    private static readonly CreateJob ACancellingGroup = AGroup with { Group = new NewGroup(OnChildFailure.Cancel) };

    [Theory]
    [InlineData(JobStatus.Completed, JobStatus.Completed, JobStatus.Completed, null)]
    [InlineData(JobStatus.Completed, JobStatus.Failed, JobStatus.Failed, "children_failed")]
    [InlineData(JobStatus.Completed, JobStatus.Cancelled, JobStatus.Cancelled, "children_cancelled")]
    [InlineData(JobStatus.Cancelled, JobStatus.Failed, JobStatus.Failed, "children_failed")]
    public async Task A_sealed_group_ends_with_its_last_child(JobStatus one, JobStatus other, JobStatus end, string? stopReason)
    {
        var group = await MakeAsync(AGroup);
        var (first, second) = (await ChildAsync(group), await ChildAsync(group));
        await EndAsync(first, one);
        var open = Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        Assert.Equal((JobStatus.Created, true), (open.Status, open.Group!.IsSealed));
        Assert.Equal((2, 1), (open.Children!.Total, open.Children.Running));
        await EndAsync(second, other);

        var ended = await EndOfAsync(group).Soon();

        Assert.Equal((end, stopReason, "system"), (ended.Status, ended.StopReason, ended.History[^1].By));
        Assert.Equal((2, 0), (ended.Children!.Total, ended.Children.Open));
    }

    [Fact]
    public async Task A_group_that_is_sealed_without_a_child_completes_at_once_and_a_second_seal_changes_nothing()
    {
        var group = await MakeAsync(AGroup);

        var ended = Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        Assert.Equal(
            [JobStatus.Created, JobStatus.Pending, JobStatus.Running, JobStatus.Completed], ended.History.Select(step => step.Status));

        var again = Assert.IsType<JobOutcome.AlreadyDone>(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        Assert.Equal(ended.Version, again.Job.Version);
    }

    [Fact]
    public async Task A_group_that_is_not_sealed_does_not_end_and_takes_children_after_all_have_ended()
    {
        var group = await MakeAsync(AGroup);
        await EndAsync(await ChildAsync(group), JobStatus.Failed);
        await EndAsync(await ChildAsync(group), JobStatus.Completed);

        var open = await group.GetAsync(Alice);
        Assert.Equal((JobStatus.Created, 1, 1), (open!.Status, open.Children!.Failed, open.Children.Completed));
        var ended = Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        Assert.Equal(JobStatus.Failed, ended.Status);
    }

    [Fact]
    public async Task A_sealed_group_refuses_a_child_and_a_job_that_is_none_refuses_the_seal()
    {
        var group = await MakeAsync(AGroup);
        var child = await ChildAsync(group);
        Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));

        var late = await New().CreateAsync(Alice, new CreateJob { ParentId = IdOf(group) });
        Assert.Equal(new Refusal.GroupSealed(IdOf(group), JobStatus.Created), Assert.IsType<JobOutcome.Refused>(late).Reason);
        Assert.Equal(
            new Refusal.InvalidField("sealed", "only a group can be sealed"),
            Assert.IsType<JobOutcome.Refused>(await child.UpdateAsync(Alice, new UpdateJob { Seal = true })).Reason);
    }

    [Fact]
    public async Task When_a_child_fails_a_cancelling_group_cancels_the_open_ones_and_those_that_come_later()
    {
        var group = await MakeAsync(ACancellingGroup);
        var (failing, open) = (await ChildAsync(group), await ChildAsync(group));
        await EndAsync(failing, JobStatus.Failed);

        Assert.Equal("sibling_failed", (await EndOfAsync(open).Soon()).StopReason);
        var later = await ChildAsync(group);
        Assert.Equal((JobStatus.Cancelled, "system"), await EndedByAsync(later));
        Assert.Equal(JobStatus.Failed, Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true })).Status);
    }

    [Fact]
    public async Task Cancelling_a_group_cancels_all_that_stand_below_it()
    {
        var group = await MakeAsync(AGroup);
        var below = await MakeAsync(AGroup with { ParentId = IdOf(group) });
        var (child, grandchild) = (await ChildAsync(group), await ChildAsync(below));

        Accepted(await group.CancelAsync(Alice, new CancelJob { StopReason = "no_more" }));

        Assert.Equal("group_cancelled", (await EndOfAsync(child).Soon()).StopReason);
        Assert.Equal("group_cancelled", (await EndOfAsync(below).Soon()).StopReason);
        Assert.Equal("group_cancelled", (await EndOfAsync(grandchild).Soon()).StopReason);
        Assert.IsType<JobOutcome.Refused>(await New().CreateAsync(Alice, new CreateJob { ParentId = IdOf(group) }));
        Assert.Equal("no_more", (await group.GetAsync(Alice))!.StopReason);
    }

    [Fact]
    public async Task A_group_in_a_group_ends_it()
    {
        var group = await MakeAsync(AGroup);
        var below = await MakeAsync(AGroup with { ParentId = IdOf(group) });
        var child = await ChildAsync(below);
        Accepted(await group.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        Accepted(await below.UpdateAsync(Alice, new UpdateJob { Seal = true }));
        await EndAsync(child, JobStatus.Completed);

        Assert.Equal(JobStatus.Completed, (await EndOfAsync(group).Soon()).Status);
    }

    [Fact]
    public async Task Children_that_end_together_end_their_group_once()
    {
        var group = await MakeAsync(AGroup);
        var children = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ChildAsync(group)));
        await Task.WhenAll(children.Select(child => EndAsync(child, JobStatus.Completed))
            .Append(group.UpdateAsync(Alice, new UpdateJob { Seal = true })));

        var ended = await EndOfAsync(group).Soon();
        Assert.Equal((JobStatus.Completed, 40), (ended.Status, ended.Children!.Completed));
        Assert.Single(ended.History, step => step.Status.IsTerminal);
        await Until.TrueAsync(async () =>
            (await Cluster.Database.QueryAsync($"select 1 from group_notices where group_id = '{ended.Id.Value}'")).Count == 0);
    }

    [Fact]
    public async Task A_list_shows_the_children_of_each_group_on_it()
    {
        var group = await MakeAsync(AGroup);
        await ChildAsync(group);

        var page = await Cluster.Catalog.ListAsync(Alice, new JobQuery { JobType = "group" });
        Assert.Equal(1, Assert.Single(page.Jobs, job => job.Id == IdOf(group)).Children!.Running);
    }

    private async Task<IJobGrain> MakeAsync(CreateJob command)
    {
        var grain = New();
        Assert.Equal(ChildCounts.None, Accepted(await grain.CreateAsync(Alice, command)).Children);
        return grain;
    }

    private async Task<IJobGrain> ChildAsync(IJobGrain group)
    {
        var grain = New();
        Accepted(await grain.CreateAsync(Alice, new CreateJob { Status = JobStatus.Running, ParentId = IdOf(group) }));
        return grain;
    }

    private async Task EndAsync(IJobGrain job, JobStatus status) =>
        Accepted(await job.UpdateAsync(Alice, new UpdateJob { Status = status }));

    private async Task<(JobStatus, string)> EndedByAsync(IJobGrain job)
    {
        var ended = await EndOfAsync(job).Soon();
        return (ended.Status, ended.History[^1].By);
    }

    private async Task<JobSnapshot> EndOfAsync(IJobGrain grain)
    {
        var job = (await grain.GetAsync(Alice))!;
        while (!job.Status.IsTerminal)
            job = (await grain.WaitForChangeAsync(Alice, job.Version, TimeSpan.FromSeconds(5), Cancellation))!.Snapshots is [.., var last]
                ? last
                : job;
        return job;
    }

    private static JobId IdOf(IJobGrain grain) => JobId.Parse(grain.GetPrimaryKeyString());
}

public sealed class SqliteGroupTests(GroupSqliteCluster fixture) : GroupTests(fixture), IClassFixture<GroupSqliteCluster>;

public sealed class PostgresGroupTests(GroupPostgresCluster fixture) : GroupTests(fixture), IClassFixture<GroupPostgresCluster>;
