using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Operations;
using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Tests.Unit.Operations;

public sealed class OperationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<JobId> Ids = [.. Enumerable.Range(1, 5).Select(_ => JobId.New(TimeProvider.System))];

    [Fact]
    public void Jobs_that_are_named_come_step_by_step_each_once()
    {
        var first = Of(OperationAction.Cancel).WithNamedStep(3, Now);
        var second = first.After(Done(3), wasBegun: false, mostErrors: 9).Next.WithNamedStep(3, Now);

        Assert.Equal(Ids[..3], first.Step);
        Assert.Equal(Ids[3..], second.Step);
        Assert.Equal((false, true), (first.IsLastStep, second.IsLastStep));
    }

    [Fact]
    public void What_is_gone_of_a_delete_that_had_begun_counts_as_deleted_and_else_as_not_there()
    {
        ImmutableArray<OperationEffect> effects = [OperationEffect.Done, OperationEffect.NotFound, OperationEffect.AlreadyEnded];

        Assert.Equal((1, 2), Counted(OperationAction.Delete, wasBegun: false));
        Assert.Equal((2, 1), Counted(OperationAction.Delete, wasBegun: true));
        Assert.Equal((1, 2), Counted(OperationAction.Cancel, wasBegun: true));

        (long, long) Counted(OperationAction action, bool wasBegun)
        {
            var after = Of(action).WithNamedStep(3, Now).After(effects, wasBegun, mostErrors: 9).Next.Snapshot;
            Assert.Equal(3, after.Matched);
            return (after.Succeeded, after.Skipped.Sum(skipped => skipped.Count));
        }
    }

    [Fact]
    public void Of_the_jobs_that_failed_no_more_are_kept_than_may_and_all_are_counted()
    {
        var step = Of(OperationAction.Cancel).WithNamedStep(3, Now);
        var (next, errors) = step.After([.. Enumerable.Repeat(new OperationEffect(null, "broken"), 3)], wasBegun: false, mostErrors: 2);

        Assert.Equal([(1, Ids[0]), (2, Ids[1])], errors.Select(error => ((int)error.Place, error.JobId)));
        Assert.Equal((3, "broken"), (next.Snapshot.Failed, next.Snapshot.LastError));
    }

    [Fact]
    public void It_comes_back_from_its_row_as_it_was()
    {
        var operation = StartRules.Begin(
            OperationId.New(TimeProvider.System), new Caller("o", "u"),
            new StartOperation
            {
                Action = OperationAction.Redeliver,
                Filter = new JobQuery { Statuses = [JobStatus.Failed], JobType = "a", ParentId = Ids[0], CreatedAfter = Now },
                Reason = "ü",
            },
            "f") with
        { Step = Ids, Cursor = Ids[4], IsLastStep = true };

        var read = OperationJson.Read(operation.Snapshot.Version, OperationJson.Of(operation));
        Assert.Equal(OperationJson.Of(operation), OperationJson.Of(read));
        Assert.Equal(operation.NextPage(7)! with { Statuses = [] }, read.NextPage(7)! with { Statuses = [] });
    }

    private static Operation Of(OperationAction action) => StartRules.Begin(
        OperationId.New(TimeProvider.System), new Caller("o", "u"), new StartOperation { Action = action, JobIds = Ids }, "f");

    private static ImmutableArray<OperationEffect> Done(int count) => [.. Enumerable.Repeat(OperationEffect.Done, count)];
}
