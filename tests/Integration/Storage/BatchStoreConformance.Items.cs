using System.Text;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Storage;

public abstract partial class BatchStoreConformance
{
    [Fact]
    public async Task A_chunk_of_items_is_stored_whole_or_not_at_all()
    {
        var batch = await WithItemsAsync("a", "b");
        var again = batch with { Snapshot = batch.Snapshot with { Version = 3 } };

        Assert.Equal(new BatchWriteResult.Duplicate("b"), await Store.AddItemsAsync(again, 2, 2, [Item("c"), Item("b")], default));
        Assert.Equal(new BatchWriteResult.Duplicate("d"), await Store.AddItemsAsync(again, 2, 2, [Item("d"), Item("d")], default));
        Assert.IsType<BatchWriteResult.Stale>(await Store.AddItemsAsync(again, 1, 2, [Item("e")], default));
        Assert.Equal(["a", "b"], (await PageAsync(batch)).Select(item => item.CustomId));
    }

    [Fact]
    public async Task Requests_go_out_in_the_order_they_came_in_pages_of_bounded_size()
    {
        var batch = await WithItemsAsync("z", "m", "a");

        var first = await Store.ReadSubmissionAsync(batch.Id, 1, -1, 2, 1000, default);
        Assert.Equal([(0L, "z", "{}"), (1L, "m", "{}")], first.Select(
            request => (request.Position, request.CustomId, Encoding.UTF8.GetString(request.Params))));
        Assert.Equal("a", Assert.Single(await Store.ReadSubmissionAsync(batch.Id, 1, 1, 2, 1000, default)).CustomId);
        Assert.Single(await Store.ReadSubmissionAsync(batch.Id, 1, -1, 9, 1, default));
        Assert.Empty(await Store.ReadSubmissionAsync(batch.Id, 2, -1, 9, 1000, default));
    }

    [Fact]
    public async Task The_first_outcome_wins_and_lines_cursor_and_counts_are_one_write()
    {
        var batch = await WithItemsAsync("a", "b", "c");
        var first = await IngestAsync(
            batch, Line(1, "a", "1"), Line(2, "b", "2", ItemStatus.Failed), Line(3, "a", "1"), Line(4, "a", "other"), Line(5, "x", "9"));

        Assert.Equal(new IngestTally(Completed: 1, Failed: 1, Same: 1, Conflicts: 1, Quarantined: 1), first.Tally);
        Assert.Equal(
            (new FileProgress("f", 5), new BatchCounts(3, 1, 1, 1, 0, 0)),
            (first.Batch.Attempt.Read.Single(), first.Batch.Snapshot.Counts));
        var second = await IngestAsync(first.Batch, Line(1, "a", "1"), Line(2, "b", "changed", ItemStatus.Completed), Line(6, "c", "3"));
        Assert.Equal(new IngestTally(Completed: 1, Same: 1, Conflicts: 1), second.Tally);
        Assert.Equal("2", Encoding.UTF8.GetString((await Store.ReadItemAsync(batch.Id, "b", default))!.Result!));
        Assert.Equal(second.Batch.Snapshot.Counts, await Store.CountItemsAsync(batch.Id, default));
        Assert.Equal(second.Batch.Attempt.Read, (await Store.ReadAsync(batch.Id, default))!.Attempt.Read);
        Assert.Equal(
            1L, (await fixture.Database.QueryAsync(
                $"select count(*) from batch_quarantine where batch_id = '{batch.Id.Value}' and line = 5"))[0][0]);
    }

    [Fact]
    public async Task Lines_for_a_batch_that_has_moved_on_are_not_stored()
    {
        var batch = await WithItemsAsync("a");
        await Store.UpdateAsync(batch.Cancel(Now), batch.Snapshot.Version, default);

        var written = await Store.IngestAsync(
            batch, new ResultLedger([Line(1, "a", "1")], []), Now, tally => batch.Ingested(tally, new FileProgress("f", 1), Now), default);

        Assert.True(written.IsStale);
        Assert.Equal(ItemStatus.Pending, (await Store.ReadItemAsync(batch.Id, "a", default))!.Status);
    }

    [Fact]
    public async Task An_adopted_batch_gets_its_items_from_the_lines()
    {
        var batch = (await InsertedAsync()) with { Adopted = true };
        var ingested = await IngestAsync(batch, Line(1, "ü 🚀", "1"), Line(2, "b", "2"), Line(3, "b", "2"));

        Assert.Equal(new BatchCounts(2, 0, 2, 0, 0, 0), ingested.Batch.Snapshot.Counts);
        Assert.Equal(["b", "ü 🚀"], (await PageAsync(batch)).Select(item => item.CustomId));
    }

    [Fact]
    public async Task An_item_comes_back_as_its_line_said()
    {
        var job = JobId.New(TimeProvider.System);
        var batch = await WithItemsAsync([Item("a", jobId: job)]);
        var error = new ItemError { Type = "t", Code = "c", Message = "m ü", Retryable = true };
        var raw = "{\"x\":\"\\u0000\"}"u8.ToArray();
        await IngestAsync(batch, new ResultLine.Item(
            new ResultCursor(0, 1), raw, "a", new ItemOutcome(ItemStatus.Failed, error, 429, """{"tokens":"\u0000"}""")));

        var item = (await Store.ReadItemAsync(batch.Id, "a", default))!;

        Assert.Equal(
            new ItemSnapshot
            {
                CustomId = "a",
                Status = ItemStatus.Failed,
                Error = error,
                HttpStatus = 429,
                Usage = """{"tokens":"\u0000"}""",
                JobId = job,
                Attempt = 1,
                CompletedAt = Now,
                Result = item.Result
            },
            item);
        Assert.Equal(raw, item.Result);
        Assert.Null(await Store.ReadItemAsync(batch.Id, "b", default));
    }

    [Fact]
    public async Task What_is_missing_is_settled_in_bounded_steps()
    {
        var batch = await WithItemsAsync("a", "b", "c");
        var settled = await Store.SettleMissingAsync(
            batch, ItemOutcome.Expired(), 2, Now, count => batch.Settled(new IngestTally(Expired: count)), default);
        Assert.Equal(new BatchCounts(3, 1, 0, 0, 0, 2), settled.Value!.Snapshot.Counts);
        Assert.Equal(settled.Value.Snapshot.Counts, await Store.CountItemsAsync(batch.Id, default));
    }

    [Fact]
    public async Task Failed_and_expired_items_go_into_the_next_attempt()
    {
        var batch =
            (await IngestAsync(await WithItemsAsync("a", "b", "c"), Line(1, "a", "1"), Line(2, "b", "2", ItemStatus.Failed),
                Line(3, "c", "3", ItemStatus.Expired))).Batch;
        var again = await Store.ResubmitAsync(
            batch, 2, (failed, expired) => batch.Resubmit(batch.Snapshot.JobId, failed, expired, Now), default);

        Assert.Equal(new BatchCounts(3, 2, 1, 0, 0, 0), again.Value!.Snapshot.Counts);
        Assert.Equal(["b", "c"], (await Store.ReadSubmissionAsync(batch.Id, 2, -1, 9, 1000, default)).Select(request => request.CustomId));
        Assert.Equal((ItemStatus.Pending, 2, null), await StateAsync("b"));
        Assert.Equal((ItemStatus.Completed, 1, "1"), await StateAsync("a"));
        await Store.UpdateAsync(Posted(again.Value), again.Value.Snapshot.Version, default);
        Assert.Equal([batch.Id], await AlikeAsync(2, "b", "c", "b"));
        Assert.Empty(await AlikeAsync(2, "a", "b"));

        async Task<(ItemStatus, int, string?)> StateAsync(string customId) =>
            await Store.ReadItemAsync(batch.Id, customId, default) is { } item
                ? (item.Status, item.Attempt, item.Result is { } raw ? Encoding.UTF8.GetString(raw) : null)
                : default;
    }

    [Fact]
    public async Task Linked_jobs_are_owed_the_outcome_until_they_are_told()
    {
        var (one, two) = (JobId.New(TimeProvider.System), JobId.New(TimeProvider.System));
        var batch = await WithItemsAsync([Item("a", jobId: one), Item("b", jobId: two), Item("c")]);
        Assert.Empty(await Store.ReadOwedJobsAsync(batch.Id, null, 9, default));
        await IngestAsync(batch, Line(1, "a", "1"), Line(2, "b", "2", ItemStatus.Failed), Line(3, "c", "3"));

        var owed = await Store.ReadOwedJobsAsync(batch.Id, null, 9, default);
        Assert.Equal(
            [("a", one, ItemStatus.Completed), ("b", two, ItemStatus.Failed)], owed.Select(job => (job.CustomId, job.JobId, job.Status)));
        await Store.MarkJobsToldAsync(batch.Id, [new ToldJob("a", null), new ToldJob("b", "not_found")], default);
        Assert.Empty(await Store.ReadOwedJobsAsync(batch.Id, null, 9, default));
        Assert.Equal([null, "not_found", null], (await PageAsync(batch)).Select(item => item.JobNote));
    }

    [Fact]
    public async Task Results_and_items_are_read_in_bounded_pieces()
    {
        var batch = (await IngestAsync(
            await WithItemsAsync("a", "b", "c", "d"), Line(1, "a", "11"), Line(2, "b", "22"), Line(3, "c", "33", ItemStatus.Failed))).Batch;

        var first = await Store.ReadResultsAsync(batch.Id, null, 3, default);
        Assert.Equal(("11\n22\n", "b"), (Encoding.UTF8.GetString(first.Lines), first.Next));
        var second = await Store.ReadResultsAsync(batch.Id, first.Next, 3, default);
        Assert.Equal(("33\n", "c"), (Encoding.UTF8.GetString(second.Lines), second.Next));
        var end = await Store.ReadResultsAsync(batch.Id, "c", 3, default);
        Assert.Empty(end.Lines);
        Assert.Null(end.Next);

        var page = await Store.ListItemsAsync(
            batch.Id, new ItemQuery { Statuses = [ItemStatus.Pending, ItemStatus.Completed], Limit = 2 }, PageBytes, default);
        Assert.Equal(["a", "b"], page.Items.Select(item => item.CustomId));
        Assert.True(page.HasNext);
        page = await Store.ListItemsAsync(
            batch.Id, new ItemQuery { Statuses = [ItemStatus.Pending, ItemStatus.Completed], Limit = 2, After = "b" }, PageBytes, default);
        Assert.Equal(["d"], page.Items.Select(item => item.CustomId));
        Assert.False(page.HasNext);
    }

    [Fact]
    public async Task Creates_of_unknown_outcome_are_found_by_account_size_and_custom_ids()
    {
        List<Batch> lost = [];
        foreach (var ids in (string[][])[["a", "b"], ["a", "c"], ["a", "b", "c"]])
        {
            lost.Add(Posted(await WithItemsAsync(ids)));
            await Store.UpdateAsync(lost[^1], expected: 2, default);
        }
        await WithItemsAsync("a", "b");

        Assert.Equal([lost[0].Id, lost[1].Id], await AlikeAsync(2, "a"));
        Assert.Equal([lost[0].Id], await AlikeAsync(2, "a", "b"));
        Assert.Equal([lost[0].Id, lost[2].Id], await AlikeAsync(null, "b"));
        Assert.Equal([lost[0].Id, lost[1].Id], await AlikeAsync(2));
        Assert.Empty(await Store.AlikeCreatesAsync("other", 2, [], 10, default));
        Assert.Equal([lost[1].Id, lost[2].Id], Mine(await Store.UnresolvedCreatesAsync("main", lost[0].Id, 100, default)));
        await Store.UpdateAsync(Numbered(lost[1].Settled("pb_of_alike", Now)), expected: 3, default);
        Assert.Equal([lost[0].Id], await AlikeAsync(2));
        Assert.Equal([lost[2].Id], Mine(await Store.UnresolvedCreatesAsync("main", lost[0].Id, 100, default)));
    }

    /// <summary>The account's creates that are this test's.</summary>
    private async Task<IEnumerable<BatchId>> AlikeAsync(long? items, params string[] customIds) =>
        Mine(await Store.AlikeCreatesAsync("main", items, customIds, 1000, default));

    private IEnumerable<BatchId> Mine(IReadOnlyList<Batch> batches) =>
        batches.Where(batch => batch.Snapshot.OrganizationId == _organization).Select(batch => batch.Id);

    private static Batch Posted(Batch batch) => Numbered(batch.Posting(null, Now));

    private static Batch Numbered(Batch batch) => batch with { Snapshot = batch.Snapshot with { Version = batch.Snapshot.Version + 1 } };

    private Task<Batch> WithItemsAsync(params string[] customIds) => WithItemsAsync([.. customIds.Select(id => Item(id))]);

    /// <summary>A batch at version 2.</summary>
    private async Task<Batch> WithItemsAsync(NewItem[] items)
    {
        var batch = (await InsertedAsync())
            .Add(new ItemChunk(0, [.. items]), Now).Submit(new SubmitBatch { ItemCount = items.Length }, Now);
        batch = batch with { Snapshot = batch.Snapshot with { Version = 2 } };
        Assert.IsType<BatchWriteResult.Stored>(await Store.AddItemsAsync(batch, 1, 0, items, default));
        return batch;
    }

    private async Task<(Batch Batch, IngestTally Tally)> IngestAsync(Batch batch, params ResultLine.Item[] lines)
    {
        var written = await Store.IngestAsync(
            batch, new ResultLedger(lines, []), Now, tally =>
                batch.Ingested(tally, new FileProgress("f", lines[^1].At.Line), Now), default);
        Assert.False(written.IsStale);
        return (written.Value!.Batch, written.Value.Tally);
    }

    private static ResultLine.Item Line(long number, string customId, string raw, ItemStatus status = ItemStatus.Completed) =>
        new(new ResultCursor(0, number), Encoding.UTF8.GetBytes(raw), customId, new ItemOutcome(status));

    private async Task<IReadOnlyList<ItemSnapshot>> PageAsync(Batch batch) =>
        (await Store.ListItemsAsync(batch.Id, new ItemQuery(), PageBytes, default)).Items;
}
