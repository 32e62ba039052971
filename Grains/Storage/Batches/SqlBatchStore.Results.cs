using System.Runtime.InteropServices;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>Outcomes: each is stored once, together with how far the results were read and what the counts are now.</summary>
internal abstract partial class SqlBatchStore
{
    public Task<Written<Ingested>> IngestAsync(
        Batch current, ResultLedger ledger, DateTimeOffset now, Func<IngestTally, Batch> next,
        CancellationToken cancellation) => WriteAsync(async session =>
    {
        var settled = await SettleAsync(session, current, ledger.First, now, cancellation);
        var known = await CompareAsync(session, current, ledger.Rest(settled), cancellation);
        var (tally, aside) = ledger.Close(settled, known, current.Quarantined);
        await SetAsideAsync(session, current, aside, cancellation);
        var (written, commit) = await ConcludeAsync(session, current, next(tally), cancellation);
        return (new Written<Ingested>(written.Value is { } stored ? new Ingested(stored, tally) : null, written.IsStale), commit);
    }, cancellation);

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

    private static async Task<HashSet<string>> SettleAsync(
        SqlSession session, Batch current, IReadOnlyList<ResultLine.Item> items, DateTimeOffset now, CancellationToken cancellation)
    {
        if (items.Count == 0)
            return [];
        var settled = await session.EachAsync(
            current.Adopted ? "add_found_items" : "settle_items",
            row => row.Text(0),
            [("batch_id", current.Id.Value), ("attempt", current.Snapshot.Attempts), ("now", now)],
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

    /// <summary>Of the lines that settled nothing: the items that there are, and whether the line is what they had.</summary>
    private static async Task<Dictionary<string, bool>> CompareAsync(
        SqlSession session, Batch current, IReadOnlyList<ResultLine.Item> rest, CancellationToken cancellation)
    {
        if (rest.Count == 0)
            return [];
        var found = await session.EachAsync(
            "compare_items",
            row => KeyValuePair.Create(row.Text(0), !row.IsNull(1) && row.Flag(1)),
            [("batch_id", current.Id.Value), ("attempt", current.Snapshot.Attempts)],
            [("custom_id", rest.Select(item => item.CustomId).ToArray()), ("result", rest.Select(item => Bytes(item.Raw)).ToArray())],
            cancellation);
        return new Dictionary<string, bool>(found, StringComparer.Ordinal);
    }

    private static async Task SetAsideAsync(
        SqlSession session, Batch current, IReadOnlyList<QuarantinedLine> lines, CancellationToken cancellation)
    {
        if (lines.Count == 0)
            return;
        await session.EachAsync(
            "quarantine", row => row.Text(0), [("batch_id", current.Id.Value), ("attempt", current.Snapshot.Attempts)],
            [
                ("file", lines.Select(line => line.At.File).ToArray()),
                ("line", lines.Select(line => line.At.Line).ToArray()),
                ("reason", lines.Select(line => line.Reason).ToArray()),
                ("raw", lines.Select(line => Bytes(line.Raw)).ToArray()),
            ], cancellation);
    }

    /// <summary>The array behind it where it is just that, as it mostly is; else a copy.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : memory.ToArray();
}
