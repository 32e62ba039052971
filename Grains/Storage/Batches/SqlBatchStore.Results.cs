using System.Runtime.InteropServices;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http.Json;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>Outcomes: each is stored once, together with how far the results were read and what the counts are now.</summary>
internal abstract partial class SqlBatchStore
{
    /// <summary>Lines that are kept of one batch; those beyond are counted alone.</summary>
    private const int MostQuarantined = 1000;

    public Task<Written<Batch>> IngestAsync(
        Batch current, IngestChunk chunk, DateTimeOffset now, Func<IngestTally, Batch> next, CancellationToken cancellation)
    {
        var (first, tally, doubtful) = FirstOfEach(chunk.Items);
        return WriteAsync(async session =>
        {
            var settled = await SettleAsync(session, current.Id, chunk, first, now, cancellation);
            List<QuarantinedLine> aside = [.. chunk.Quarantined];
            var came = tally;
            foreach (var item in first.Where(item => settled.Contains(item.CustomId)))
                came = came.With(item.Outcome.Status, 1);
            came = await CompareAsync(
                session, current.Id, chunk, [.. first.Where(item => !settled.Contains(item.CustomId))], doubtful, came, aside,
                cancellation);
            await SetAsideAsync(session, current, chunk.Attempt, aside, cancellation);
            var stored = next(came with { Quarantined = aside.Count });
            return await ConcludeAsync(session, current, stored, cancellation);
        }, cancellation);
    }

    public Task<Written<Batch>> SettleMissingAsync(
        Batch current, ItemOutcome outcome, int limit, DateTimeOffset now, Func<long, Batch> next,
        CancellationToken cancellation) => WriteAsync(async session =>
    {
        var settled = await session.ExecuteAsync(
            "settle_missing", cancellation, ("batch_id", current.Id.Value), ("status", outcome.Status.Word),
            ("http_status", outcome.HttpStatus),
            ("error", BatchJson.Of(outcome.Error)), ("now", now), ("limit", (long)limit));
        return await ConcludeAsync(session, current, next(settled), cancellation);
    }, cancellation);

    public Task<Written<Batch>> ResubmitAsync(
        Batch current, int attempt, Func<long, long, Batch?> next, CancellationToken cancellation) => WriteAsync(async session =>
    {
        var failed = await AgainAsync(session, current.Id, attempt, ItemStatus.Failed, cancellation);
        var expired = await AgainAsync(session, current.Id, attempt, ItemStatus.Expired, cancellation);
        return next(failed, expired) is { } stored
            ? await ConcludeAsync(session, current, stored, cancellation)
            : (new Written<Batch>(null, IsStale: false), Commit: false);
    }, cancellation);

    private static Task<int> AgainAsync(SqlSession session, BatchId id, int attempt, ItemStatus status, CancellationToken cancellation) =>
        session.ExecuteAsync("resubmit_items", cancellation, ("batch_id", id.Value), ("attempt", attempt), ("status", status.Word));

    private static async Task<(Written<Batch> Result, bool Commit)> ConcludeAsync(
        SqlSession session, Batch current, Batch next, CancellationToken cancellation)
    {
        var numbered = next with { Snapshot = next.Snapshot with { Version = current.Snapshot.Version + 1 } };
        var stored = await UpdateAsync(session, numbered, current.Snapshot.Version, cancellation) is BatchWriteResult.Stored;
        return (new Written<Batch>(stored ? numbered : null, IsStale: !stored), Commit: stored);
    }

    /// <summary>
    /// One statement cannot give a row two outcomes: of each item its first line goes, the others are compared with it here.
    /// </summary>
    private static (List<ResultLine.Item> First, IngestTally Tally, List<ResultLine.Item> Doubtful) FirstOfEach(
        IReadOnlyList<ResultLine.Item> items)
    {
        var byId = new Dictionary<string, ResultLine.Item>(items.Count, StringComparer.Ordinal);
        List<ResultLine.Item> first = new(items.Count), doubtful = [];
        var same = 0;
        foreach (var item in items)
        {
            if (byId.TryAdd(item.CustomId, item))
                first.Add(item);
            else if (byId[item.CustomId].Raw.Span.SequenceEqual(item.Raw.Span))
                same++;
            else
                doubtful.Add(item);
        }
        return (first, new IngestTally(Same: same), doubtful);
    }

    private static async Task<HashSet<string>> SettleAsync(
        SqlSession session, BatchId id, IngestChunk chunk, List<ResultLine.Item> items, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (items.Count == 0)
            return [];
        var settled = await session.EachAsync(
            chunk.Adopted ? "add_found_items" : "settle_items",
            row => row.Text(0),
            [("batch_id", id.Value), ("attempt", chunk.Attempt), ("now", now)],
            [
                ("custom_id", items.Select(item => item.CustomId).ToArray()),
                ("status", items.Select(item => item.Outcome.Status.Word).ToArray()),
                ("error", items.Select(item => BatchJson.Of(item.Outcome.Error)).ToArray()),
                ("http_status", items.Select(item => item.Outcome.HttpStatus).ToArray()),
                ("usage", items.Select(item => item.Outcome.Usage).ToArray()),
                ("result", items.Select(item => Bytes(item.Raw)).ToArray()),
            ], cancellation);
        return new HashSet<string>(settled, StringComparer.Ordinal);
    }

    /// <summary>Lines that changed nothing: the same outcome again, another one, or an item that nobody submitted.</summary>
    /// <param name="rest">One line of an item each.</param>
    /// <param name="doubtful">More lines of items, each unlike the first of its item.</param>
    private static async Task<IngestTally> CompareAsync(
        SqlSession session, BatchId id, IngestChunk chunk, List<ResultLine.Item> rest, List<ResultLine.Item> doubtful, IngestTally tally,
        List<QuarantinedLine> aside,
        CancellationToken cancellation)
    {
        var found = rest.Count == 0 ? [] : await session.EachAsync(
            "compare_items", row =>
                (CustomId: row.Text(0), Same: !row.IsNull(1) && row.Flag(1)), [("batch_id", id.Value), ("attempt", chunk.Attempt)],
            [("custom_id", rest.Select(item => item.CustomId).ToArray()), ("result", rest.Select(item => Bytes(item.Raw)).ToArray())],
            cancellation);
        var known = found.Select(item => item.CustomId).ToHashSet(StringComparer.Ordinal);
        var strangers = rest.Select(item => item.CustomId).Where(customId => !known.Contains(customId)).ToHashSet(StringComparer.Ordinal);
        aside.AddRange(rest.Concat(doubtful).Where(item => strangers.Contains(item.CustomId))
            .Select(item => new QuarantinedLine(item.At, "No item of this submission has the custom_id.", item.Raw)));
        var same = found.Count(item => item.Same);
        return tally with
        {
            Same = tally.Same + same,
            Conflicts = tally.Conflicts + found.Count - same + doubtful.Count(item => !strangers.Contains(item.CustomId)),
        };
    }

    private static async Task SetAsideAsync(
        SqlSession session, Batch current, int attempt, List<QuarantinedLine> lines, CancellationToken cancellation)
    {
        List<QuarantinedLine> kept = [.. lines.Take((int)Math.Max(0, MostQuarantined - current.Quarantined))];
        if (kept.Count == 0)
            return;
        await session.EachAsync(
            "quarantine", row => row.Text(0), [("batch_id", current.Id.Value), ("attempt", attempt)],
            [
                ("file", kept.Select(line => line.At.File).ToArray()),
                ("line", kept.Select(line => line.At.Line).ToArray()),
                ("reason", kept.Select(line => ProviderText.Clean(line.Reason, 500)!).ToArray()),
                ("raw", kept.Select(
                    line => Bytes(line.Raw[..Math.Min(line.Raw.Length, JobTracker.Batches.Jsonl.JsonlReader.KeptOfTooLong)])).ToArray()),
            ], cancellation);
    }

    /// <summary>The array behind it where it is just that, as it mostly is; else a copy.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : memory.ToArray();
}
