using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>A group's counts are those of its children, whatever was written, and whoever has to look is told.</summary>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_groups_counts_move_with_its_children_in_the_same_write()
    {
        var group = await NewGroupAsync();
        var children = await ChildrenAsync(group, 4);
        Assert.Equal(new ChildCounts { Created = 4 }, await ChildrenOfAsync(group));

        await Database.WriteAllAsync(
            children[0].Replace(children[0].Enter(JobStatus.Completed)),
            children[1].Replace(children[1].Enter(JobStatus.Running)),
            children[2].Remove(),
            children[3].Replace(children[3].Enter(JobStatus.Failed)));

        Assert.Equal(
            new ChildCounts { Running = 1, Completed = 1, Cancelled = 1, Failed = 1 }, await ChildrenOfAsync(group));
        await Database.WriteAsync(children[3].Enter(JobStatus.Failed).Remove());
        Assert.Equal(
            new ChildCounts { Running = 1, Completed = 1, Cancelled = 1, Failed = 1 }, await ChildrenOfAsync(group));
    }

    [Fact]
    public async Task What_was_not_written_moves_no_count()
    {
        var group = await NewGroupAsync();
        var child = (await ChildrenAsync(group, 1))[0];

        Assert.IsType<JobWriteResult.Stale>(await Database.WriteAsync(
            child.Next(row => row).Replace(child.Next(row => row).Enter(JobStatus.Failed))));
        Assert.IsType<JobWriteResult.Stale>(await Database.WriteAsync(child.Insert()));

        Assert.Equal(new ChildCounts { Created = 1 }, await ChildrenOfAsync(group));
    }

    [Theory]
    [InlineData(true, JobStatus.Created)]
    [InlineData(false, JobStatus.Cancelled)]
    public async Task A_group_that_is_sealed_or_has_ended_takes_no_child(bool isSealed, JobStatus status)
    {
        var group = await NewGroupAsync();
        var next = status.IsTerminal ? group.Enter(status) : group.Next(row => row);
        await Database.WriteAsync(group.Replace(next.With(row => row with { Group = new JobGroup(isSealed) })));

        var child = Child(group);
        Assert.Equal(
            new JobWriteResult.NotTaken(new Refusal.GroupSealed(group.Snapshot.Id, status)), await Database.WriteAsync(child.Insert()));
        Assert.Null(await Database.ReadAsync(child.Snapshot.Id));
        Assert.Equal(ChildCounts.None, await ChildrenOfAsync(group));
    }

    [Fact]
    public async Task Children_under_one_organizations_group_and_its_seal_in_one_batch_are_in_time_or_refused()
    {
        var group = await NewGroupAsync();
        var children = Enumerable.Range(0, 3).Select(_ => Child(group)).ToList();

        JobWrite[] writes =
        [
            .. children.Select(child => child.Insert()),
            group.Replace(group.Next(row => row with { Group = new JobGroup(IsSealed: true) })),
        ];
        var results = await Database.WriteAllAsync(writes);

        Assert.IsType<JobWriteResult.Stored>(results[^1]);
        Assert.All(results, result => Assert.True(result is JobWriteResult.Stored or JobWriteResult.NotTaken, $"{result}"));
        Assert.Equal(results.Count(result => result is JobWriteResult.Stored) - 1, (await ChildrenOfAsync(group)).Total);
    }

    [Fact]
    public async Task A_parent_of_another_organization_and_one_that_is_not_there_are_none()
    {
        var foreign = await Database.InsertAsync(Group(JobRows.NewOrganization()));
        var refused = new JobWriteResult.NotTaken(new Refusal.InvalidField("parent_id", "names no job of this organization"));

        Assert.Equal(refused, await Database.WriteAsync(ChildOf(foreign.Snapshot.Id).Insert()));
        Assert.Equal(refused, await Database.WriteAsync(ChildOf(JobId.New(TimeProvider.System)).Insert()));
        Assert.Equal(ChildCounts.None, await ChildrenOfAsync(foreign));
    }

    [Fact]
    public async Task Five_groups_may_stand_above_a_job_and_no_sixth()
    {
        var lowest = await NewGroupAsync();
        for (var depth = 1; depth < new JobLimits().GroupDepth; depth++)
            lowest = await Database.InsertAsync(Child(lowest).With(row => row with { Group = new JobGroup() }));

        var fifth = await Database.InsertAsync(Child(lowest).With(row => row with { Group = new JobGroup() }));
        var result = Assert.IsType<JobWriteResult.NotTaken>(await Database.WriteAsync(Child(fifth).Insert()));
        Assert.Equal("parent_id", Assert.IsType<Refusal.InvalidField>(result.Reason).Field);
    }

    [Fact]
    public async Task A_group_that_is_made_again_under_its_id_cannot_become_a_child_of_its_own()
    {
        var group = await NewGroupAsync();
        var below = await Database.InsertAsync(Child(group).With(row => row with { Group = new JobGroup() }));
        await Database.WriteAsync(group.Remove());

        var again = group.With(row => row with { ParentId = below.Snapshot.Id });
        Assert.IsType<JobWriteResult.NotTaken>(await Database.WriteAsync(again.Insert()));
    }

    [Fact]
    public async Task A_repeated_create_is_told_of_its_job_when_the_group_is_sealed_meanwhile()
    {
        var group = await NewGroupAsync();
        var child = await Database.InsertAsync(Child(group) with { IdempotencyKey = "key", Fingerprint = "f" });
        await Database.WriteAsync(group.Replace(group.Next(row => row with { Group = new JobGroup(IsSealed: true) })));

        var again = Child(group) with { IdempotencyKey = "key", Fingerprint = "f" };
        Assert.Equal(new JobWriteResult.KeyTaken(child.Snapshot.Id, "f"), await Database.WriteAsync(again.Insert()));
    }

    [Fact]
    public async Task A_child_of_a_job_that_is_no_group_is_counted_nowhere()
    {
        var parent = await Database.InsertAsync(JobRows.New(_organization));
        var child = await Database.InsertAsync(Child(parent));
        await Database.WriteAsync(child.Replace(child.Enter(JobStatus.Completed)));

        Assert.Equal(ChildCounts.None, await ChildrenOfAsync(parent));
        Assert.Empty(await NoticesAsync(parent));
    }

    [Fact]
    public async Task A_notice_stands_until_it_is_removed_and_one_that_came_meanwhile_stays()
    {
        var group = await NewGroupAsync();
        var children = await ChildrenAsync(group, 2);
        Assert.Empty(await NoticesAsync(group));
        await Database.WriteAsync(children[0].Replace(children[0].Enter(JobStatus.Completed)));
        var first = Assert.Single(await NoticesAsync(group));
        await Database.WriteAsync(children[1].Remove());
        await Database.Store.RemoveNoticeAsync(first, CancellationToken.None);

        var second = Assert.Single(await NoticesAsync(group));
        await Database.Store.RemoveNoticeAsync(second, CancellationToken.None);
        Assert.Empty(await NoticesAsync(group));
    }

    [Fact]
    public async Task A_group_is_told_of_its_seal_its_end_and_its_removal()
    {
        var group = await NewGroupAsync();
        var one = group.Next(row => row with { Group = new JobGroup(IsSealed: true) });
        Assert.Equal(1, await ToldByAsync(group, group.Replace(one)));
        var two = one.Enter(JobStatus.Cancelled);
        Assert.Equal(2, await ToldByAsync(group, one.Replace(two)));
        Assert.Equal(3, await ToldByAsync(group, two.Remove()));
    }

    [Fact]
    public async Task Only_a_group_that_cancels_on_failure_is_told_of_a_new_child()
    {
        var group = await Database.InsertAsync(
            Group(_organization).With(row => row with { Group = new JobGroup(OnChildFailure: OnChildFailure.Cancel) }));

        Assert.Equal(1, await ToldByAsync(group, Child(group).Insert()));
    }

    private async Task<long> ToldByAsync(Job group, JobWrite write)
    {
        Assert.IsType<JobWriteResult.Stored>(await Database.WriteAsync(write));
        return Assert.Single(await NoticesAsync(group)).Number;
    }

    private Task<Job> NewGroupAsync() => Database.InsertAsync(Group(_organization));

    private static Job Group(string organization) => JobRows.New(organization).With(row => row with { Group = new JobGroup() });

    private Job Child(Job parent) => ChildOf(parent.Snapshot.Id);

    private Job ChildOf(JobId parent) => JobRows.New(_organization).With(row => row with { ParentId = parent });

    private async Task<List<Job>> ChildrenAsync(Job group, int count)
    {
        var children = Enumerable.Range(0, count).Select(_ => Child(group)).ToList();
        var results = await Database.WriteAllAsync([.. children.Select(child => child.Insert())]);
        Assert.All(results, result => Assert.IsType<JobWriteResult.Stored>(result));
        return children;
    }

    private async Task<ChildCounts> ChildrenOfAsync(Job group) =>
        (await Database.Store.CountChildrenAsync([group.Snapshot.Id], CancellationToken.None))
            .GetValueOrDefault(group.Snapshot.Id, ChildCounts.None);

    private async Task<List<GroupNotice>> NoticesAsync(Job group) =>
        [.. (await Database.Store.ReadNoticesAsync(default, 10_000, CancellationToken.None))
            .Where(notice => notice.Group == group.Snapshot.Id)];
}
