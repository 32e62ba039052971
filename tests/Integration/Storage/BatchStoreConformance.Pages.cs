using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Batches;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>How far a page of batches, and one of items, goes.</summary>
public abstract partial class BatchStoreConformance
{
    private const int PageBytes = 8 << 20;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_page_of_batches_has_its_bytes_at_most_and_one_batch_at_least(bool ascending, bool byStatus)
    {
        List<Batch> made = [];
        for (var number = 0; number < 6; number++)
            made.Add(await SubmittedAsync(number));
        var query = new BatchQuery
        {
            OrganizationId = _organization,
            Ascending = ascending,
            Statuses = byStatus
            ? [BatchStatus.Running, BatchStatus.Pending]
            : []
        };
        if (!ascending)
            made.Reverse();
        var bytes = made.Take(3).Sum(batch => BatchBytes.Of(batch.Snapshot));

        Assert.Equal((3, true, bytes), await CountAsync(query, bytes));
        Assert.Equal((2, true, bytes - BatchBytes.Of(made[2].Snapshot)), await CountAsync(query, bytes - 1));
        Assert.Equal((1, true, BatchBytes.Of(made[0].Snapshot)), await CountAsync(query, 1));
        Assert.Equal((6, false, made.Sum(batch => BatchBytes.Of(batch.Snapshot))), await CountAsync(query, PageBytes));
        var before = await Store.ListAsync(
            query with { Before = made[5].Id }, made[3..5].Sum(batch => BatchBytes.Of(batch.Snapshot)), default);
        Assert.Equal(made[3..5].Select(batch => batch.Id), before.Batches.Select(batch => batch.Id));
        Assert.True(before.HasPrevious);

        async Task<(int Batches, bool HasNext, long Bytes)> CountAsync(BatchQuery asked, long most)
        {
            var page = await Store.ListAsync(asked, most, default);
            Assert.Equal(made.Take(page.Batches.Length).Select(batch => batch.Id), page.Batches.Select(batch => batch.Id));
            return (page.Batches.Length, page.HasNext, page.Bytes);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_items_has_its_bytes_at_most_and_one_item_at_least(bool byStatus)
    {
        var batch = (await IngestAsync(await WithItemsAsync("a", "bb", "ccc", "dddd"), Line(1, "bb", "22"))).Batch;
        var all = await PageAsync(batch);
        var query = new ItemQuery { Statuses = byStatus ? [ItemStatus.Completed, ItemStatus.Pending] : [] };
        var bytes = all.Take(3).Sum(item => BatchBytes.Of(item));

        Assert.Equal(("a bb ccc", true, bytes), await SeenAsync(bytes));
        Assert.Equal(("a bb", true, bytes - BatchBytes.Of(all[2])), await SeenAsync(bytes - 1));
        Assert.Equal(("a", true, BatchBytes.Of(all[0])), await SeenAsync(1));
        Assert.Equal(("a bb ccc dddd", false, all.Sum(item => BatchBytes.Of(item))), await SeenAsync(PageBytes));

        async Task<(string CustomIds, bool HasNext, long Bytes)> SeenAsync(long most)
        {
            var page = await Store.ListItemsAsync(batch.Id, query, most, default);
            return (string.Join(' ', page.Items.Select(item => item.CustomId)), page.HasNext, page.Bytes);
        }
    }

    private async Task<Batch> SubmittedAsync(int number)
    {
        var batch = await InsertedAsync();
        var next = number % 2 == 0 ? Polling(batch, $"pb_{Guid.CreateVersion7():N}") : batch.Submit(new SubmitBatch { ItemCount = 0 }, Now);
        next = next with { Snapshot = next.Snapshot with { Metadata = $$"""{"a":"{{new string('x', 100 * number)}}"}""" } };
        await Store.UpdateAsync(next, expected: 1, default);
        return next;
    }
}
