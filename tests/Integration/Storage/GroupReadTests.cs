using JobTracker.Grains.Storage;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

public sealed class GroupReadTests
{
    [Fact]
    public async Task What_waits_together_is_read_in_one_statement_and_each_gets_its_own_row()
    {
        await using var harness = await GroupHarness.StartAsync();
        var (first, second) = (await harness.InsertAsync(), await harness.InsertAsync());
        var gate = await BlockReaderAsync(harness);
        var reads = new[] { first.Snapshot.Id, second.Snapshot.Id, first.Snapshot.Id, JobId.New(TimeProvider.System) }.Select(
            harness.Read.ReadAsync).ToList();

        gate.Open();

        Assert.Equal([first.Text(), second.Text(), first.Text(), "null"], (await Task.WhenAll(reads).Soon()).Select(job => job.Text()));
        Assert.Equal([1, 3], harness.Store.Reads.Select(ids => ids.Count));
    }

    [Fact]
    public async Task A_statement_reads_no_more_rows_than_its_limit()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { RowsPerStatement = 4 });
        var gate = await BlockReaderAsync(harness);
        var reads = Enumerable.Range(0, 9).Select(_ => harness.Read.ReadAsync(JobId.New(TimeProvider.System))).ToList();

        gate.Open();

        await Task.WhenAll(reads).Soon();
        Assert.Equal([1, 4, 4, 1], harness.Store.Reads.Select(ids => ids.Count));
    }

    [Fact]
    public async Task A_failed_read_is_tried_again()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = await harness.InsertAsync();
        harness.Store.Plan(PlannedFault.NotSent, PlannedFault.LostBefore);
        var read = harness.Read.ReadAsync(job.Snapshot.Id);

        await harness.PassPauseAsync();
        await harness.PassPauseAsync();

        Assert.Equal(job.Text(), (await read.Soon()).Text());
    }

    [Fact]
    public async Task A_read_that_found_no_database_in_time_never_looks_like_a_missing_row()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var gate = harness.Store.Hold(PlannedFault.NotSent);
        var first = harness.Read.ReadAsync(JobId.New(TimeProvider.System));
        await gate.Reached.Soon();
        var waiting = harness.Read.ReadAsync(JobId.New(TimeProvider.System));

        gate.Open();
        await harness.PassQueueTimeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => first.Soon());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => waiting.Soon());
        harness.Store.Otherwise = PlannedFault.None;
        Assert.Null(await harness.Read.ReadAsync(JobId.New(TimeProvider.System)).Soon());
    }

    [Fact]
    public async Task A_read_in_an_outage_that_writes_have_waited_out_is_told_at_once()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var write = harness.Commit.WriteAsync(harness.NewJob().Insert());
        await harness.PassPauseAsync();
        await harness.PassQueueTimeAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());

        var read = harness.Read.ReadAsync(JobId.New(TimeProvider.System));
        for (var pause = 0; pause < 3; pause++)
            await harness.PassPauseAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => read.Soon());
    }

    [Fact]
    public async Task Reads_that_work_while_writes_fail_neither_end_the_writes_outage_nor_are_shortened_by_it()
    {
        await using var harness = await GroupHarness.StartAsync();
        harness.Store.Otherwise = PlannedFault.NotSent;
        var write = harness.Commit.WriteAsync(harness.NewJob().Insert());
        await harness.PassPauseAsync();
        await harness.PassQueueTimeAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Soon());
        harness.Store.Plan(PlannedFault.None);
        Assert.Null(await harness.Read.ReadAsync(JobId.New(TimeProvider.System)).Soon());

        var read = harness.Read.ReadAsync(JobId.New(TimeProvider.System));
        for (var pause = 0; pause < 3; pause++)
            await harness.PassPauseAsync();
        Assert.False(read.IsCompleted);
        await harness.PassQueueTimeAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => read.Soon());

        var late = harness.Commit.WriteAsync(harness.NewJob().Insert());
        for (var pause = 0; pause < 3; pause++)
            await harness.PassPauseAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => late.Soon());
    }

    [Fact]
    public async Task The_read_past_the_queue_limit_is_refused_and_the_one_at_it_is_not()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { QueueLength = 2 });
        var gate = await BlockReaderAsync(harness);
        var waiting = Enumerable.Range(0, 2).Select(_ => harness.Read.ReadAsync(JobId.New(TimeProvider.System))).ToList();

        await Assert.ThrowsAsync<StorageOverloadedException>(() => harness.Read.ReadAsync(JobId.New(TimeProvider.System)));

        gate.Open();
        Assert.All(await Task.WhenAll(waiting).Soon(), Assert.Null);
    }

    [Fact]
    public async Task A_row_that_this_version_cannot_read_fails_alone()
    {
        await using var harness = await GroupHarness.StartAsync();
        var (readable, strange) = (await harness.InsertAsync(), await harness.InsertAsync());
        harness.Store.Unreadable = strange.Snapshot.Id;
        var gate = await BlockReaderAsync(harness);
        var before = harness.Read.ReadAsync(readable.Snapshot.Id);
        var broken = harness.Read.ReadAsync(strange.Snapshot.Id);
        var after = harness.Read.ReadAsync(JobId.New(TimeProvider.System));

        gate.Open();

        Assert.Equal(readable.Text(), (await before.Soon()).Text());
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Soon());
        Assert.Contains(strange.Snapshot.Id.ToString(), problem.Message, StringComparison.Ordinal);
        Assert.Null(await after.Soon());
        Assert.Equal(readable.Text(), (await harness.Read.ReadAsync(readable.Snapshot.Id).Soon()).Text());
    }

    [Fact]
    public async Task Closing_answers_what_waits_and_refuses_what_comes_later()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = await harness.InsertAsync();
        var gate = await BlockReaderAsync(harness);
        var waiting = harness.Read.ReadAsync(job.Snapshot.Id);

        var closing = harness.Read.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => harness.Read.ReadAsync(job.Snapshot.Id));
        Assert.False(closing.IsCompleted);
        gate.Open();
        await closing.Soon();

        Assert.Equal(job.Text(), (await waiting).Text());
    }

    private static async Task<Gate> BlockReaderAsync(GroupHarness harness)
    {
        var gate = harness.Store.Hold();
        _ = harness.Read.ReadAsync(JobId.New(TimeProvider.System));
        await gate.Reached.Soon();
        return gate;
    }
}
