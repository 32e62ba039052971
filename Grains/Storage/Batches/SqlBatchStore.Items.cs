using System.Buffers;
using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>Items: how they come in, go out, and are read.</summary>
internal abstract partial class SqlBatchStore
{
    /// <summary>How many rows one page of results or requests may have, whatever their size.</summary>
    private const long RowsPerPage = 1000;

    public Task<BatchWriteResult> AddItemsAsync(
        Batch next, long expected, long first, IReadOnlyList<NewItem> items, CancellationToken cancellation) => TryWriteAsync(next,
        async session =>
    {
        string[] ids = [.. items.Select(item => item.CustomId)];
        var added = await session.EachAsync(
            "add_items", row => row.Text(0), [("batch_id", next.Id.Value)],
            [("custom_id", ids), ("job_id", items.Select(item => item.JobId?.Value).ToArray())], cancellation);
        if (added.Count < ids.Length)
            return new BatchWriteResult.Duplicate(FirstDuplicate(ids, added));
        await session.EachAsync(
            "add_params", row => row.Text(0), [("batch_id", next.Id.Value)],
            [
                ("position", Enumerable.Range(0, ids.Length).Select(place => first + place).ToArray()),
                ("custom_id", ids),
                ("params", items.Select(item => item.Params).ToArray()),
            ], cancellation);
        return await UpdateAsync(session, next, expected, cancellation);
    }, cancellation);

    public async Task<IReadOnlyList<StoredRequest>> ReadSubmissionAsync(
        BatchId id, int attempt, long after, int limit, long maxBytes, CancellationToken cancellation) => await QueryAsync(
        "read_submission", row => new StoredRequest(row.Number(0), row.Text(1), row.Bytes(2)!), cancellation,
        ("batch_id", id.Value), ("attempt", attempt), ("after", after), ("limit", (long)limit), ("max_bytes", maxBytes));

    public async Task<BatchCounts> CountItemsAsync(BatchId id, CancellationToken cancellation)
    {
        var counted = await QueryAsync(
            "count_items", row =>
                (Status: ItemStatus.FromWord(row.Text(0))!.Value, Count: row.Number(1)), cancellation, ("batch_id", id.Value));
        var of = counted.ToDictionary(entry => entry.Status, entry => entry.Count);
        return new BatchCounts(
            of.Values.Sum(), of.GetValueOrDefault(ItemStatus.Pending), of.GetValueOrDefault(ItemStatus.Completed),
            of.GetValueOrDefault(ItemStatus.Failed), of.GetValueOrDefault(ItemStatus.Cancelled), of.GetValueOrDefault(ItemStatus.Expired));
    }

    public async Task<ItemPage> ListItemsAsync(BatchId id, ItemQuery query, long pageBytes, CancellationToken cancellation)
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        var read = await budget.FillAsync<ItemSnapshot>(BatchBytes.Of, async (last, rows, take) =>
        {
            var step = await StepAsync(id, query.Statuses, last?.CustomId ?? query.After ?? "", rows, cancellation);
            _ = step.All(take);
        });
        return new ItemPage([.. read.Take(budget.Taken)], HasNext: read.Count > budget.Taken, budget.Bytes);
    }

    /// <summary>The first so many items behind a custom_id.</summary>
    private async Task<IEnumerable<ItemSnapshot>> StepAsync(
        BatchId id, ImmutableArray<ItemStatus> asked, string after, int rows, CancellationToken cancellation)
    {
        ItemStatus?[] statuses = asked.IsEmpty ? [null] : [.. asked.Distinct().Cast<ItemStatus?>()];
        IEnumerable<ItemSnapshot> first = [];
        foreach (var status in statuses)
        {
            (string, object?)[] values = [("batch_id", id.Value), ("after", after), ("limit", (long)rows)];
            var read = await QueryAsync(
                status is null ? "list_items" : "list_items_one_status", row => row.Item(), cancellation,
                status is { } one ? [.. values, ("status", one.Word)] : values);
            first = [.. first.Concat(read).OrderBy(item => item.CustomId, Utf8Order.Instance).Take(rows)];
        }

        return first;
    }

    public async Task<ItemSnapshot?> ReadItemAsync(BatchId id, string customId, CancellationToken cancellation) =>
        (await QueryAsync("read_item", row => row.Item() with { Result = row.Bytes(9) }, cancellation, ("batch_id", id.Value),
            ("custom_id", customId))).SingleOrDefault();

    public async Task<ResultChunk> ReadResultsAsync(BatchId id, string? after, int maxBytes, CancellationToken cancellation)
    {
        var lines = await QueryAsync(
            "read_results", row => (CustomId: row.Text(0), Line: row.Bytes(1)!), cancellation,
            ("batch_id", id.Value), ("after", after ?? ""), ("limit", RowsPerPage), ("max_bytes", (long)maxBytes));
        if (lines.Count == 0)
            return new ResultChunk([], Next: null);
        var joined = new ArrayBufferWriter<byte>(lines.Sum(line => line.Line.Length + 1));
        foreach (var (_, line) in lines)
        {
            joined.Write(line);
            joined.Write("\n"u8);
        }
        return new ResultChunk(joined.WrittenSpan.ToArray(), lines[^1].CustomId);
    }

    public async Task<IReadOnlyList<OwedJob>> ReadOwedJobsAsync(
        BatchId id, string? after, int limit, CancellationToken cancellation) => await QueryAsync(
        "owed_jobs", row =>
            new OwedJob(row.Text(0), new JobId(row.Id(1)), ItemStatus.FromWord(row.Text(2))!.Value, BatchJson.Error(row.TextOrNull(3))),
                cancellation,
        ("batch_id", id.Value), ("after", after ?? ""), ("limit", (long)limit));

    public Task MarkJobsToldAsync(
        BatchId id, IReadOnlyList<ToldJob> told, CancellationToken cancellation) => WriteAsync(async session => (await session.EachAsync(
        "mark_jobs", row => row.Text(0), [("batch_id", id.Value)],
        [("custom_id", told.Select(job => job.CustomId).ToArray()), ("job_note", told.Select(job => job.Note).ToArray())],
        cancellation), Commit: true), cancellation);

    private static string FirstDuplicate(string[] ids, List<string> added)
    {
        var fresh = new HashSet<string>(added, StringComparer.Ordinal);
        return ids.First(id => !fresh.Remove(id));
    }
}
