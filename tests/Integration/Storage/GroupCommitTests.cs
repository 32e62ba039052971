using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Which writes share a statement, what is refused, and how it ends.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task What_waits_together_is_stored_in_one_statement()
    {
        await using var harness = await GroupHarness.StartAsync();
        var gate = await harness.BlockWriterAsync();
        var writes = Enumerable.Range(0, 100).Select(_ => harness.Commit.WriteAsync(harness.NewJob().Insert())).ToList();

        gate.Open();

        Assert.All(await Task.WhenAll(writes).Soon(), result => Assert.IsType<JobWriteResult.Stored>(result));
        Assert.Equal([1, 100], harness.BatchSizes);
        await harness.AssertCountsAsync(101);
    }

    [Fact]
    public async Task A_stale_row_fails_alone()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = await harness.InsertAsync();
        var gate = await harness.BlockWriterAsync();
        var before = harness.Commit.WriteAsync(harness.NewJob().Insert());
        var stale = harness.Commit.WriteAsync(job.Enter(JobStatus.Pending).Replace(job.Enter(JobStatus.Cancelled)));
        var after = harness.Commit.WriteAsync(harness.NewJob().Insert());

        gate.Open();

        Assert.IsType<JobWriteResult.Stored>(await before.Soon());
        Assert.Equal(new JobWriteResult.Stale(1), await stale.Soon());
        Assert.IsType<JobWriteResult.Stored>(await after.Soon());
        Assert.Equal([1, 1, 3], harness.BatchSizes);
    }

    [Fact]
    public async Task A_poison_row_fails_alone_among_255_neighbours()
    {
        await using var harness = await GroupHarness.StartAsync();
        var job = await harness.InsertAsync();
        var gate = await harness.BlockWriterAsync();
        var neighbours = new List<Task<JobWriteResult>>();
        Task<JobWriteResult>? poison = null;
        for (var i = 0; i < 256; i++)
        {
            if (i == 100)
                poison = harness.Commit.WriteAsync(job.Replace(job.Poisoned()));
            else
                neighbours.Add(harness.Commit.WriteAsync(harness.NewJob().Insert()));
        }

        gate.Open();

        var problem = await Assert.ThrowsAsync<StoreException>(() => poison!.Soon());
        Assert.Equal(StoreFault.RowRefused, problem.Fault);
        Assert.All(await Task.WhenAll(neighbours).Soon(), result => Assert.IsType<JobWriteResult.Stored>(result));
        await harness.AssertCountsAsync(257);
        // The whole batch, and two halves of each of its eight halvings.
        Assert.Equal(2 + 1 + 16, harness.Store.Writes.Count);
    }

    [Fact]
    public async Task The_write_past_the_queue_limit_is_refused_and_the_one_at_it_is_not()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { QueueLength = 3 });
        var gate = await harness.BlockWriterAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => harness.Commit.WriteAsync(harness.NewJob().Insert())).ToList();

        await Assert.ThrowsAsync<StorageOverloadedException>(() => harness.Commit.WriteAsync(harness.NewJob().Insert()));

        gate.Open();
        Assert.All(await Task.WhenAll(waiting).Soon(), result => Assert.IsType<JobWriteResult.Stored>(result));
        await harness.InsertAsync();
        await harness.AssertCountsAsync(5);
    }

    [Fact]
    public async Task A_second_write_of_one_row_waits_for_the_next_statement()
    {
        await using var harness = await GroupHarness.StartAsync();
        var gate = await harness.BlockWriterAsync();
        var job = harness.NewJob();
        var next = job.Enter(JobStatus.Pending);
        var rival = job.Enter(JobStatus.Cancelled);
        var neighbour = harness.Commit.WriteAsync(harness.NewJob().Insert());
        var insert = harness.Commit.WriteAsync(job.Insert());
        var change = harness.Commit.WriteAsync(job.Replace(next));
        var second = harness.Commit.WriteAsync(job.Replace(rival));
        var last = harness.Commit.WriteAsync(harness.NewJob().Insert());

        gate.Open();

        foreach (var stored in (Task<JobWriteResult>[])[neighbour, insert, change, last])
            Assert.IsType<JobWriteResult.Stored>(await stored.Soon());
        Assert.Equal(new JobWriteResult.Stale(2), await second.Soon());
        Assert.Equal([1, 2, 1, 2], harness.BatchSizes);
        Assert.Equal(next.Text(), (await harness.Database.ReadAsync(job.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task A_statement_takes_no_more_rows_than_its_limit()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { RowsPerStatement = 4 });
        var gate = await harness.BlockWriterAsync();
        var writes = Enumerable.Range(0, 9).Select(_ => harness.Commit.WriteAsync(harness.NewJob().Insert())).ToList();

        gate.Open();

        await Task.WhenAll(writes).Soon();
        Assert.Equal([1, 4, 4, 1], harness.BatchSizes);
    }

    [Theory]
    [InlineData(0, new[] { 1, 2, 2, 1 })]
    [InlineData(-1, new[] { 1, 1, 1, 1, 1, 1 })]
    public async Task A_statement_takes_no_more_bytes_than_its_limit(int more, int[] sizes)
    {
        var metadata = $$"""{"filler":"{{new string('x', 60_000)}}"}""";
        var size = JobRows.New("org").With(row => row with { Metadata = metadata }).Insert().Size;
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { BytesPerStatement = (2 * size) + more });
        var gate = await harness.BlockWriterAsync();
        var writes = Enumerable.Range(0, 5).Select(_ => harness.Commit.WriteAsync(Large(harness, metadata))).ToList();

        gate.Open();

        await Task.WhenAll(writes).Soon();
        Assert.Equal(sizes, harness.BatchSizes);
    }

    [Fact]
    public async Task A_row_larger_than_a_statement_may_be_goes_alone()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { BytesPerStatement = 1 << 16 });
        var gate = await harness.BlockWriterAsync();
        var small = harness.Commit.WriteAsync(harness.NewJob().Insert());
        var large = harness.Commit.WriteAsync(Large(harness, $$"""{"filler":"{{new string('x', 1 << 17)}}"}"""));
        var last = harness.Commit.WriteAsync(harness.NewJob().Insert());

        gate.Open();

        Assert.All(await Task.WhenAll(small, large, last).Soon(), result => Assert.IsType<JobWriteResult.Stored>(result));
        Assert.Equal([1, 1, 1, 1], harness.BatchSizes);
    }

    [Fact]
    public async Task Closing_stores_what_waits_and_refuses_what_comes_later()
    {
        await using var harness = await GroupHarness.StartAsync(new StorageOptions { RowsPerStatement = 4 });
        var gate = await harness.BlockWriterAsync();
        var waiting = Enumerable.Range(0, 10).Select(_ => harness.Commit.WriteAsync(harness.NewJob().Insert())).ToList();

        var closing = harness.Commit.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => harness.Commit.WriteAsync(harness.NewJob().Insert()));
        Assert.False(closing.IsCompleted);
        gate.Open();
        await closing.Soon();

        Assert.All(waiting, write => Assert.True(write.IsCompletedSuccessfully));
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<JobWriteResult.Stored>(result));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => harness.Commit.WriteAsync(harness.NewJob().Insert()));
        await harness.AssertCountsAsync(11);
    }

    private static JobWrite Large(GroupHarness harness, string metadata) =>
        harness.NewJob().With(row => row with { Metadata = metadata }).Insert();
}
