using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What callers hear when the connection fails, before, in and after a commit.</summary>
public sealed class GroupCommitFaultTests
{
    [Fact]
    public async Task A_write_whose_answer_was_lost_after_the_commit_is_asked_after_and_applied_once()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = harness.NewJob();
        var next = job.Enter(JobStatus.Pending);

        await StoreThroughAsync(harness, job.Insert(), PlannedFault.LostAfter);
        await harness.AssertCountsAsync(1);
        await StoreThroughAsync(harness, job.Replace(next), PlannedFault.LostAfter);
        Assert.Equal(next.Text(), (await harness.Database.ReadAsync(job.Snapshot.Id)).Text());
        await harness.AssertCountsAsync(1);
        await StoreThroughAsync(harness, next.Remove(), PlannedFault.LostAfter);
        await harness.AssertCountsAsync(0);
    }

    [Theory]
    [InlineData(PlannedFault.LostBefore)]
    [InlineData(PlannedFault.NotSent)]
    public async Task A_write_that_did_not_reach_the_database_is_tried_again(PlannedFault fault)
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = harness.NewJob();
        var next = job.Enter(JobStatus.Pending);

        await StoreThroughAsync(harness, job.Insert(), fault);
        await StoreThroughAsync(harness, job.Replace(next), fault);
        Assert.Equal(next.Text(), (await harness.Database.ReadAsync(job.Snapshot.Id)).Text());
        await StoreThroughAsync(harness, next.Remove(), fault);
        await harness.AssertCountsAsync(0);
    }

    [Fact]
    public async Task A_lost_conflict_is_tried_again_at_once()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Plan(PlannedFault.Conflict, PlannedFault.Conflict);

        await harness.InsertAsync();

        Assert.Equal([1, 1, 1], harness.BatchSizes);
    }

    [Fact]
    public async Task A_write_that_never_reached_the_database_in_time_is_known_not_to_be_stored()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var job = harness.NewJob();
        var write = harness.Commit.WriteAsync(job.Insert());

        await harness.PassPauseAsync();
        await harness.PassQueueTimeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());
        Assert.Null(await harness.Database.ReadAsync(job.Snapshot.Id));
    }

    [Fact]
    public async Task What_comes_when_an_outage_has_lasted_as_long_as_anybody_waits_is_told_at_once()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var first = harness.Commit.WriteAsync(harness.NewJob().Insert());
        await harness.PassPauseAsync();
        await harness.PassQueueTimeAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => first.Soon());

        var late = harness.Commit.WriteAsync(harness.NewJob().Insert());
        for (var pause = 0; pause < 3; pause++)
            await harness.PassPauseAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => late.Soon());

        harness.Store.Recover();
        await harness.InsertAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var patient = harness.Commit.WriteAsync(harness.NewJob().Insert());
        for (var pause = 0; pause < 4; pause++)
            await harness.PassPauseAsync();
        Assert.False(patient.IsCompleted);
        harness.Store.Recover();
        await harness.PassPauseAsync();
        Assert.IsType<JobWriteResult.Stored>(await patient.Soon());
    }

    [Theory]
    [InlineData(PlannedFault.LostBefore, false)]
    [InlineData(PlannedFault.LostAfter, true)]
    public async Task A_write_without_an_answer_in_time_has_an_unknown_outcome_whichever_it_is(PlannedFault fault, bool stored)
    {
        await using var harness = await GroupHarness.StartAsync();
        // One try without an answer is enough for doubt, though the later ones are known to have done nothing.
        harness.Store.Plan(PlannedFault.NotSent, fault);
        harness.Store.Otherwise = PlannedFault.NotSent;
        var job = harness.NewJob();
        var write = harness.Commit.WriteAsync(job.Insert());

        await harness.PassPauseAsync();
        await harness.PassPauseAsync();
        await harness.PassQueueTimeAsync();

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => write.Soon());
        Assert.Equal(stored, await harness.Database.ReadAsync(job.Snapshot.Id) is not null);
    }

    [Fact]
    public async Task Of_a_batch_whose_answer_was_lost_each_row_learns_its_own_outcome()
    {
        await using var harness = await GroupHarness.StartAsync();
        var moved = await harness.InsertAsync();
        var stale = await harness.InsertAsync();
        await harness.Commit.WriteAsync(stale.Replace(stale.Enter(JobStatus.Pending))).Soon();
        var gate = await harness.BlockWriterAsync();
        harness.Store.Plan(PlannedFault.LostAfter);
        var next = moved.Enter(JobStatus.Pending);
        var change = harness.Commit.WriteAsync(moved.Replace(next));
        var rival = harness.Commit.WriteAsync(stale.Replace(stale.Enter(JobStatus.Cancelled)));
        var insert = harness.Commit.WriteAsync(harness.NewJob().Insert());

        gate.Open();
        await harness.PassPauseAsync();

        Assert.IsType<JobWriteResult.Stored>(await change.Soon());
        Assert.Equal(new JobWriteResult.Stale(2), await rival.Soon());
        Assert.IsType<JobWriteResult.Stored>(await insert.Soon());
        await harness.AssertCountsAsync(4);
    }

    [Fact]
    public async Task A_poison_row_is_found_though_answers_are_lost_on_the_way()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = await harness.InsertAsync();
        var gate = await harness.BlockWriterAsync();
        harness.Store.Plan(PlannedFault.None, PlannedFault.LostAfter);
        var first = harness.Commit.WriteAsync(harness.NewJob().Insert());
        var poison = harness.Commit.WriteAsync(job.Replace(job.Poisoned()));

        gate.Open();
        await harness.PassPauseAsync();

        Assert.IsType<JobWriteResult.Stored>(await first.Soon());
        await Assert.ThrowsAsync<StoreException>(() => poison.Soon());
        await harness.AssertCountsAsync(3);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task What_waited_too_long_behind_a_slow_statement_is_given_back_unsent(long ticks, bool stored)
    {
        await using var harness = await GroupHarness.StartAsync();
        var gate = await harness.BlockWriterAsync();
        var job = harness.NewJob();
        var write = harness.Commit.WriteAsync(job.Insert());

        harness.Clock.Advance(harness.Options.QueueTime + TimeSpan.FromTicks(ticks));
        gate.Open();

        if (stored)
            Assert.IsType<JobWriteResult.Stored>(await write.Soon());
        else
            await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());
        Assert.Equal(stored, harness.Store.Writes.SelectMany(batch => batch).Any(sent => sent.Id == job.Snapshot.Id));
        Assert.Equal(stored, await harness.Database.ReadAsync(job.Snapshot.Id) is not null);
    }

    [Fact]
    public async Task While_the_database_is_down_those_who_still_wait_are_given_back_in_time_too()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { RowsPerStatement = 1 });
        harness.Store.Otherwise = PlannedFault.NotSent;
        var gate = harness.Store.Hold(PlannedFault.NotSent);
        var first = harness.Commit.WriteAsync(harness.NewJob().Insert());
        await gate.Reached.Soon();
        var waiting = Enumerable.Range(0, 3).Select(_ => harness.Commit.WriteAsync(harness.NewJob().Insert())).ToList();

        gate.Open();
        await harness.PassQueueTimeAsync();

        foreach (var write in waiting.Prepend(first))
            await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());
        Assert.Equal([1], harness.BatchSizes);
        harness.Store.Otherwise = PlannedFault.None;
        await harness.InsertAsync();
        await harness.AssertCountsAsync(1);
    }

    [Fact]
    public async Task Closing_while_the_database_is_down_ends_in_time_and_says_what_was_not_stored()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var write = harness.Commit.WriteAsync(harness.NewJob().Insert());

        var closing = harness.Commit.DisposeAsync().AsTask();
        await harness.PassQueueTimeAsync();

        await closing.Soon();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());
    }

    [Fact]
    public async Task A_bug_of_the_store_leaves_the_outcome_unknown_and_the_writer_at_work()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Plan(PlannedFault.Bug);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => harness.Commit.WriteAsync(harness.NewJob().Insert()).Soon());
        await harness.InsertAsync();
    }

    /// <summary>The first try fails so, the second goes through.</summary>
    private static async Task StoreThroughAsync(GroupHarness harness, JobWrite write, PlannedFault fault)
    {
        harness.Store.Plan(fault);
        var result = harness.Commit.WriteAsync(write);
        await harness.PassPauseAsync();
        Assert.IsType<JobWriteResult.Stored>(await result.Soon());
        Assert.Equal(fault != PlannedFault.NotSent, harness.Store.Writes.Last()[0].MayBeStored);
    }
}
