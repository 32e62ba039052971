using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;

namespace JobTracker.Tests.Integration.Storage;

public abstract partial class BatchStoreConformance
{
    [Fact]
    public async Task A_removed_batch_goes_in_bounded_steps_and_leaves_nothing_behind()
    {
        var batch = (await IngestAsync(await WithItemsAsync("a", "b", "c"), Line(1, "a", "1"), Line(2, "x", "2"))).Batch;
        await RemovedAsync(batch);

        var steps = 1;
        while (!await Store.RemoveAsync(batch.Id, 2, default))
            steps++;

        Assert.Equal(4, steps); // seven rows, and the batch's own
        Assert.Null(await Store.ReadAsync(batch.Id, default));
        foreach (var table in (string[])["batch_items", "batch_params", "batch_quarantine", "provider_batches"])
            Assert.Equal(
                0L, (await fixture.Database.QueryAsync($"select count(*) from {table} where batch_id = '{batch.Id.Value}'"))[0][0]);
        Assert.True(await Store.RemoveAsync(batch.Id, 2, default));
    }

    [Fact]
    public async Task A_batch_that_is_removed_is_in_no_list_and_its_key_and_its_provider_batch_are_free()
    {
        var submit = new SubmitBatch { ItemCount = 0, IdempotencyKey = "key", Fingerprint = "f" };
        var providerBatchId = $"pb_{Guid.CreateVersion7():N}";
        var polling = Polling((await InsertedAsync()).Submit(submit, Now), providerBatchId);
        var batch = polling with { Snapshot = polling.Snapshot with { Phase = BatchPhase.Done } };
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(batch, expected: 1, default));

        await RemovedAsync(batch);

        Assert.Empty((await Store.ListAsync(new BatchQuery { OrganizationId = _organization }, PageBytes, default)).Batches);
        Assert.IsType<BatchWriteResult.Stored>(await Store.InsertAsync(New(_organization).Submit(submit, Now), default));
        Assert.False(await Store.IsTakenAsync("main", providerBatchId, default));
        Assert.Contains(await Store.DueAsync(Now, 100_000, default), due => due.Id == batch.Id);
    }

    [Fact]
    public async Task Batches_that_are_done_are_found_by_their_outcome_and_their_end_the_oldest_first()
    {
        var moment = Now.AddYears(-1000 - Random.Shared.Next(500)); // nothing else of this database ended so long ago
        List<Batch> ended = [];
        foreach (var (status, phase, minute) in ((BatchStatus, BatchPhase, int)[])
            [(BatchStatus.Failed, BatchPhase.Done, 2), (BatchStatus.Failed, BatchPhase.Done, 1), (BatchStatus.Failed, BatchPhase.Done, 4),
                (BatchStatus.Failed, BatchPhase.PostProcessing, 1), (BatchStatus.Expired, BatchPhase.Done, 1)])
        {
            var batch = New(_organization);
            ended.Add(
                batch with { Snapshot = batch.Snapshot with { Status = status, Phase = phase, CompletedAt = moment.AddMinutes(minute) } });
            await Store.InsertAsync(ended[^1], default);
        }

        Assert.Equal([ended[1].Id, ended[0].Id], await EndedAsync(10));
        Assert.Equal([ended[1].Id], await EndedAsync(1));
        await Store.TakeLeaseAsync(new BatchLease(ended[1].Id, Guid.CreateVersion7(), Now.AddMinutes(1)), 1, Now, default);
        Assert.Equal([ended[0].Id], await EndedAsync(10));

        Task<IReadOnlyList<BatchId>> EndedAsync(int limit) =>
            Store.EndedAsync(BatchStatus.Failed, moment.AddMinutes(3), Now, limit, default);
    }

    [Fact]
    public async Task Lines_that_were_set_aside_are_read_in_pages_by_their_places()
    {
        var batch = await WithItemsAsync("a");
        QuarantinedLine[] aside = [Aside(1, 2), Aside(0, 10), Aside(0, 9)];
        await Store.IngestAsync(
            batch, new ResultLedger([], aside), Now, tally => batch.Ingested(tally, new FileProgress("e", 2), Now), default);

        var first = (await Store.ReadQuarantineAsync(batch.Id, default, 2, default))!;
        Assert.Equal([new QuarantinePlace(1, 0, 9), new QuarantinePlace(1, 0, 10)], first.Lines.Select(line => line.Place));
        Assert.Equal(("why ü", "\uFFFD\"", true), (first.Lines[0].Reason, first.Lines[0].Raw, first.HasNext));
        var last = (await Store.ReadQuarantineAsync(batch.Id, first.Lines[^1].Place, 2, default))!;
        Assert.Equal((new QuarantinePlace(1, 1, 2), false), (Assert.Single(last.Lines).Place, last.HasNext));
        Assert.Equal(3, (await Store.ReadAsync(batch.Id, default))!.Snapshot.Quarantined);
    }

    private static QuarantinedLine Aside(int file, long line) => new(new ResultCursor(file, line), "why ü", new byte[] { 0xE9, (byte)'"' });

    private async Task RemovedAsync(Batch batch)
    {
        var removed = batch.Removed(Now);
        removed = removed with { Snapshot = removed.Snapshot with { Version = batch.Snapshot.Version + 1 } };
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(removed, batch.Snapshot.Version, default));
    }
}
