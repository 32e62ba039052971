using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>What its children make of a group.</summary>
public sealed class GroupTests
{
    private static readonly JobStatus[] Ends = [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Expired];

    /// <summary>All pairs of ends, against the words of the contract.</summary>
    [Fact]
    public void It_completes_if_all_completed_fails_if_any_failed_or_expired_and_else_is_cancelled()
    {
        foreach (var one in Ends)
        {
            foreach (var other in Ends)
            {
                JobStatus[] both = [one, other];
                var children = one == other ? ChildCounts.None.With(one, 2) : ChildCounts.None.With(one, 1).With(other, 1);
                var end = both.All(status => status == JobStatus.Completed) ? JobStatus.Completed
                    : both.Any(status => status is JobStatus.Failed or JobStatus.Expired) ? JobStatus.Failed : JobStatus.Cancelled;
                Assert.Equal(end, Ended(Sealed(JobStatus.Created), children).Status);
            }
        }
    }

    [Theory]
    [InlineData(JobStatus.Created, new[] { JobStatus.Pending, JobStatus.Running, JobStatus.Completed })]
    [InlineData(JobStatus.Pending, new[] { JobStatus.Running, JobStatus.Completed })]
    [InlineData(JobStatus.Running, new[] { JobStatus.Completed })]
    public void It_takes_the_steps_that_are_missing_in_one_version(JobStatus from, JobStatus[] steps)
    {
        var group = Sealed(from);
        var ended = Ended(group, ChildCounts.None);
        Assert.Equal(group.Snapshot.Version + 1, ended.Version);
        Assert.Equal(steps, ended.History.Skip(group.Snapshot.History.Length).Select(step => step.Status));
    }

    [Theory]
    [InlineData(JobStatus.Created)]
    [InlineData(JobStatus.Pending)]
    [InlineData(JobStatus.Running)]
    public void It_waits_for_every_open_child_and_for_its_seal(JobStatus open)
    {
        var act = new Act(Act.System, DateTimeOffset.UnixEpoch.AddYears(60));
        Assert.IsType<Decision.Keep>(Sealed(JobStatus.Running).Decide(ChildCounts.None.With(open, 1) with { Failed = 3 }, act));
        Assert.IsType<Decision.Keep>(Opened(OnChildFailure.Continue).Decide(ChildCounts.None, act));
    }

    [Fact]
    public void One_that_has_ended_stays_as_it_ended()
    {
        var group = Sealed(JobStatus.Running);
        var cancelled = group.With(JobLifecycle.Enter(group.Snapshot, JobStatus.Cancelled, Now, "cancelled"));
        Assert.IsType<Decision.Keep>(cancelled.Decide(ChildCounts.None with { Completed = 1 }, Now));
    }

    [Theory]
    [InlineData(OnChildFailure.Cancel, 1, 0, true)]
    [InlineData(OnChildFailure.Cancel, 0, 1, true)]
    [InlineData(OnChildFailure.Cancel, 0, 0, false)]
    [InlineData(OnChildFailure.Continue, 1, 1, false)]
    public void Its_rule_says_whether_a_failure_cancels_the_open_ones(OnChildFailure rule, int failed, int expired, bool cancels)
    {
        var group = Opened(rule);
        Assert.Equal(cancels, group.CancelsChildren(new ChildCounts { Running = 1, Failed = failed, Expired = expired }));
        Assert.False(group.CancelsChildren(new ChildCounts { Failed = failed, Expired = expired }));
    }

    private static readonly Act Now = new(Act.System, DateTimeOffset.UnixEpoch.AddYears(60));

    private static JobSnapshot Ended(Job group, ChildCounts children) =>
        Assert.IsType<Decision.Store>(group.Decide(children, Now)).Next.Snapshot;

    private static Job Opened(OnChildFailure rule) =>
        new() { Snapshot = Sealed(JobStatus.Running).Snapshot with { Group = new JobGroup(OnChildFailure: rule) } };

    private static Job Sealed(JobStatus status)
    {
        var row = JobRows.New("org", new JobId(Guid.CreateVersion7())).Snapshot with { Group = new JobGroup(IsSealed: true) };
        foreach (var step in JobLifecycle.PathTo(JobStatus.Created, status))
            row = JobLifecycle.Enter(row, step, Now, stopReason: null);
        return new Job { Snapshot = row };
    }
}
