using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>
/// The store over either engine: the same transactions over queries of the same names.
/// </summary>
internal abstract partial class SqlBatchStore(SqlDatabase database) : IBatchStore
{
    public async Task<Batch?> ReadAsync(BatchId id, CancellationToken cancellation) =>
        (await QueryAsync("read_batch", row => row.Batch(), cancellation, ("id", id.Value))).SingleOrDefault();

    public Task SettleAsync(BatchId id, CancellationToken cancellation) =>
        QueryAsync("settle_batch", row => row.Integer(0), cancellation, ("id", id.Value));

    public async Task<BatchWriteResult.KeyTaken?> FindKeyAsync(
        string organizationId, string key, CancellationToken cancellation) => (await QueryAsync(
        "find_idempotency_key", KeyHolder, cancellation, ("organization_id", organizationId), ("idempotency_key", key))).SingleOrDefault();

    public Task<BatchWriteResult> InsertAsync(Batch batch, CancellationToken cancellation) => TryWriteAsync(batch, async session =>
    {
        var inserted = await session.ExecuteAsync("insert_batch", cancellation, [.. Columns(batch)]);
        if (inserted == 0)
            return await WhoseKeyAsync(session, batch, cancellation) ?? new BatchWriteResult.Stale();
        return await ClaimAsync(session, batch, cancellation) ?? new BatchWriteResult.Stored();
    }, cancellation);

    public Task<BatchWriteResult> UpdateAsync(Batch next, long expected, CancellationToken cancellation) =>
        TryWriteAsync(next, session => UpdateAsync(session, next, expected, cancellation), cancellation);

    public Task<bool> RemoveAsync(BatchId id, int rows, CancellationToken cancellation) => WriteAsync(async session =>
    {
        var left = rows;
        foreach (var table in (string[])["batch_items", "batch_params", "batch_quarantine"])
        {
            left -= await session.ExecuteAsync($"delete_{table}", cancellation, ("batch_id", id.Value), ("limit", (long)left));
            if (left == 0)
                return (false, Commit: true);
        }
        await session.ExecuteAsync("delete_batches", cancellation, ("batch_id", id.Value));
        return (true, Commit: true);
    }, cancellation);

    public async Task<bool> TakeLeaseAsync(
        BatchLease lease, long version, DateTimeOffset now, CancellationToken cancellation) => await WriteAsync(
        async session => (await session.ExecuteAsync(
            "take_lease", cancellation, ("id", lease.Batch.Value), ("lease_id", lease.Holder), ("until", lease.Until), ("version", version),
            ("now", now)) == 1, Commit: true),
        cancellation);

    public async Task<bool> RenewLeaseAsync(BatchLease lease, CancellationToken cancellation) => await WriteAsync(
        async session =>
            (await session.ExecuteAsync(
                "renew_lease", cancellation, ("id", lease.Batch.Value), ("lease_id", lease.Holder),
                ("until", lease.Until)) == 1, Commit: true),
        cancellation);

    public Task ReleaseLeaseAsync(BatchLease lease, CancellationToken cancellation) => WriteAsync(
        async session =>
            (await session.ExecuteAsync("release_lease", cancellation, ("id", lease.Batch.Value), ("lease_id", lease.Holder)),
                Commit: true),
        cancellation);

    public async Task<IReadOnlyList<DueBatch>> DueAsync(
        DateTimeOffset now, int perProvider, CancellationToken cancellation) => await QueryAsync(
        "due_batches", row => new DueBatch(new BatchId(row.Id(0)), row.Text(1)), cancellation, ("now", now), ("limit", (long)perProvider));

    public async Task<IReadOnlyList<BatchId>> EndedAsync(
        BatchStatus status, DateTimeOffset endedBy, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        await QueryAsync(
            "ended_batches", row => new BatchId(row.Id(0)), cancellation,
            ("status", status.Word), ("ended_by", endedBy), ("now", now), ("limit", (long)limit));

    public async Task<BatchPage> ListAsync(BatchQuery query, long pageBytes, CancellationToken cancellation)
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        var read = await budget.FillAsync<BatchSnapshot>(BatchBytes.Of, async (last, rows, take) =>
        {
            var step = await StepAsync(BatchRange.Behind(query, last?.Id), rows, cancellation);
            _ = step.All(take);
        });
        return BatchRange.Page(query, read, budget);
    }

    public async Task<bool> IsTakenAsync(string provider, string providerBatchId, CancellationToken cancellation) =>
        (await QueryAsync("find_provider_batch", row => row.Id(0), cancellation, ("provider", provider),
            ("provider_batch_id", providerBatchId))).Count > 0;

    public async Task<IReadOnlyList<Batch>> UnresolvedCreatesAsync(
        string provider, BatchId after, int limit, CancellationToken cancellation) => await QueryAsync(
        "unresolved_creates", row => row.Batch(), cancellation, ("provider", provider), ("after", after.Value), ("limit", (long)limit));

    public async Task<IReadOnlyList<Batch>> AlikeCreatesAsync(
        string provider, long? items, IReadOnlyList<string> customIds, int limit, CancellationToken cancellation)
    {
        string[] distinct = [.. customIds.Distinct(StringComparer.Ordinal)];
        return await QueryAsync(
            "alike_creates", row => row.Batch(), cancellation,
            ("provider", provider), ("items", items), ("custom_id", distinct), ("count", (long)distinct.Length), ("limit", (long)limit));
    }

    private Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation) => database.RunAsync(work, cancellation);

    private Task<T> WriteAsync<T>(Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation) =>
        database.WriteAsync(work, cancellation);

    private Task<List<T>> QueryAsync<T>(
        string query, Func<SqlRow, T> read, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        RunAsync(session => session.QueryAsync(query, read, cancellation, values), cancellation);

    /// <summary>Two batches that want one key at once: the index lets one of them through, and the other one learns who it was.</summary>
    private async Task<BatchWriteResult> TryWriteAsync(
        Batch batch, Func<SqlSession, Task<BatchWriteResult>> write, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(async session =>
            {
                var result = await write(session);
                return (result, Commit: result is BatchWriteResult.Stored);
            }, cancellation);
        }
        catch (DuplicateRowException problem)
        {
            // Another process knows the general exception alone.
            return await RunAsync(session => WhoseKeyAsync(session, batch, cancellation), cancellation)
                ?? throw new InvalidOperationException(problem.Message);
        }
    }

    /// <summary>The guarded write of the row, and of its claims on provider batches.</summary>
    private static async Task<BatchWriteResult> UpdateAsync(SqlSession session, Batch next, long expected, CancellationToken cancellation)
    {
        var updated = await session.ExecuteAsync(
            "update_batch", cancellation,
            [.. Columns(next).Where(column => column.Name is not ("organization_id" or "provider")), ("expected", expected)]);
        if (updated == 0)
            return new BatchWriteResult.Stale();
        if (next.IsRemoved)
            await session.ExecuteAsync("delete_provider_batches", cancellation, ("batch_id", next.Id.Value));
        return await ClaimAsync(session, next, cancellation) ?? new BatchWriteResult.Stored();
    }

    private static async Task<BatchWriteResult?> ClaimAsync(SqlSession session, Batch batch, CancellationToken cancellation)
    {
        if (batch.Snapshot is not { ProviderBatchId: { } providerBatchId, Phase: BatchPhase.Polling })
            return null;
        var claimed = await session.ExecuteAsync(
            "claim_provider_batch", cancellation, ("provider", batch.Snapshot.Provider), ("provider_batch_id", providerBatchId),
            ("batch_id", batch.Id.Value));
        if (claimed == 1)
            return null;
        var holders = await session.QueryAsync(
            "find_provider_batch", row => new BatchWriteResult.ProviderBatchTaken(new BatchId(row.Id(0)), row.Text(1)), cancellation,
            ("provider", batch.Snapshot.Provider), ("provider_batch_id", providerBatchId));
        return holders is [var holder] && holder.Holder != batch.Id ? holder : null;
    }

    private static async Task<BatchWriteResult?> WhoseKeyAsync(SqlSession session, Batch batch, CancellationToken cancellation)
    {
        if (batch.IdempotencyKey is not { } key)
            return null;
        var holders = await session.QueryAsync(
            "find_idempotency_key", KeyHolder, cancellation,
            ("organization_id", batch.Snapshot.OrganizationId), ("idempotency_key", key));
        return holders is [var holder] && holder.Holder != batch.Id ? holder : null;
    }

    private static BatchWriteResult.KeyTaken KeyHolder(SqlRow row) => new(new BatchId(row.Id(0)), row.TextOrNull(1));

    private static IEnumerable<(string Name, object? Value)> Columns(Batch batch) =>
    [
        ("id", batch.Id.Value),
        ("organization_id", batch.Snapshot.OrganizationId),
        ("provider", batch.Snapshot.Provider),
        ("status", batch.Snapshot.Status.Word),
        ("phase", batch.Snapshot.Phase.Word),
        ("completed_at", batch.Snapshot.CompletedAt),
        ("next_poll_at", batch.Snapshot.NextPollAt),
        ("idempotency_key", batch.IdempotencyKey),
        ("fingerprint", batch.Fingerprint),
        ("posted_items", batch.IsUnresolved ? batch.Attempt.SubmittedItems : null),
        ("posted_attempt", batch.IsUnresolved ? batch.Snapshot.Attempts : null),
        ("state", BatchJson.Of(batch)),
    ];

    /// <summary>The first so many batches of a query, in the order in which they are read.</summary>
    private async Task<IEnumerable<BatchSnapshot>> StepAsync(BatchQuery query, int rows, CancellationToken cancellation)
    {
        var range = BatchRange.Of(query);
        BatchStatus?[] statuses = query.Statuses.IsEmpty ? [null] : [.. query.Statuses.Distinct().Cast<BatchStatus?>()];
        IEnumerable<BatchSnapshot> first = [];
        foreach (var status in statuses)
        {
            var read = await RunAsync(session => session.ListAsync(
                status is null ? "list_batches" : "list_batches_one_status",
                query.Provider is null ? "" : "filter_provider",
                range.Ascending ? "asc" : "desc",
                row => row.Batch().Snapshot,
                cancellation,
                [.. ListValues(query, range, rows, status)]), cancellation);
            var both = first.Concat(read);
            first = [.. (range.Ascending ? both.OrderBy(batch => batch.Id) : both.OrderByDescending(batch => batch.Id)).Take(rows)];
        }

        return first;
    }

    private static IEnumerable<(string Name, object? Value)> ListValues(BatchQuery query, IdRange range, int rows, BatchStatus? status)
    {
        yield return ("organization_id", query.OrganizationId);
        yield return ("low", range.Low);
        yield return ("high", range.High);
        yield return ("limit", (long)rows);
        if (status is { } one)
            yield return ("status", one.Word);
        if (query.Provider is { } provider)
            yield return ("provider", provider);
    }
}
