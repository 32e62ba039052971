using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Storage.Operations;

/// <summary>The store over either engine: queries of the same names.</summary>
internal abstract class SqlOperationStore(SqlDatabase database) : IOperationStore
{
    public Task<OperationAdded> AddAsync(Operation operation, int most, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            var open = await session.QueryAsync(
                "count_open_operations", row => row.Number(0), cancellation, ("organization_id", operation.Snapshot.OrganizationId));
            if (open.Single() >= most)
                return (OperationAdded.TooMany, Commit: false);
            var added = await session.ExecuteAsync("insert_operation", cancellation, [.. Columns(operation),
                ("organization_id", operation.Snapshot.OrganizationId), ("idempotency_key", operation.IdempotencyKey),
                ("fingerprint", operation.Fingerprint)]);
            return added == 1 ? (OperationAdded.Stored, Commit: true) : (OperationAdded.KeyTaken, Commit: false);
        },
        cancellation);

    public async Task<Operation?> ReadAsync(OperationId id, CancellationToken cancellation) =>
        (await QueryAsync("read_operation", Read, cancellation, ("id", id.Value))).SingleOrDefault();

    public async Task<(OperationId Id, string Fingerprint)?> FindKeyAsync(
        string organizationId, string key, CancellationToken cancellation) =>
        (await QueryAsync<(OperationId, string)?>(
            "find_operation_by_key", row => (new OperationId(row.Id(0)), row.Text(1)), cancellation,
            ("organization_id", organizationId), ("idempotency_key", key))).SingleOrDefault();

    public Task<bool> SaveAsync(Operation next, IReadOnlyList<OperationError> errors, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                (string, object?)[] values = [.. Columns(next), ("expected", next.Snapshot.Version - 1)];
                if (await session.ExecuteAsync("save_operation", cancellation, values) == 0)
                    return (false, Commit: false);
                foreach (var error in errors)
                {
                    await session.ExecuteAsync(
                        "insert_operation_error", cancellation, ("operation_id", next.Snapshot.Id.Value), ("place", error.Place),
                        ("job_id", error.JobId.Value), ("message", error.Message));
                }
                return (true, Commit: true);
            },
            cancellation);

    public async Task<OperationPage> ListAsync(string organizationId, OperationQuery query, CancellationToken cancellation)
    {
        var range = IdRange.Of(query.After?.Value, query.Before?.Value, createdAfter: null, createdBefore: null, query.Ascending);
        var read = await database.RunAsync(session => session.ListAsync(
            "list_operations", filters: "", range.Ascending ? "asc" : "desc", Read, cancellation,
            ("organization_id", organizationId), ("low", range.Low), ("high", range.High), ("limit", query.Limit + 1L)), cancellation);
        var (page, next, previous) = IdRange.Page(read, query.Limit, query.After is not null, query.Before is not null);
        return new OperationPage([.. page.Select(operation => operation.Snapshot)], next, previous);
    }

    public async Task<IReadOnlyList<OperationId>> ReadOpenAsync(string organizationId, int limit, CancellationToken cancellation) =>
        await QueryAsync(
            "read_open_operations", row => new OperationId(row.Id(0)), cancellation,
            ("organization_id", organizationId), ("limit", (long)limit));

    public async Task<IReadOnlyList<string>> ReadOpenOrganizationsAsync(int limit, CancellationToken cancellation) =>
        await QueryAsync("read_open_organizations", row => row.Text(0), cancellation, ("limit", (long)limit));

    public async Task<IReadOnlyList<OperationError>> ReadErrorsAsync(
        OperationId id, long after, int limit, CancellationToken cancellation) => await QueryAsync(
        "read_operation_errors", row => new OperationError(row.Number(0), new JobId(row.Id(1)), row.Text(2)), cancellation,
        ("operation_id", id.Value), ("after", after), ("limit", (long)limit));

    public Task<int> RemoveAsync(DateTimeOffset before, int limit, CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync("remove_operation_errors", cancellation, ("before", before), ("limit", (long)limit));
            return (await session.ExecuteAsync(
                "remove_operations", cancellation, ("before", before), ("limit", (long)limit)), Commit: true);
        },
        cancellation);

    private Task<List<T>> QueryAsync<T>(
        string query, Func<SqlRow, T> read, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        database.RunAsync(session => session.QueryAsync(query, read, cancellation, values), cancellation);

    private static Operation Read(SqlRow row) => OperationJson.Read(row.Number(0), row.Text(1));

    private static (string Name, object? Value)[] Columns(Operation operation) =>
    [
        ("id", operation.Snapshot.Id.Value),
        ("version", operation.Snapshot.Version),
        ("is_open", !operation.Snapshot.Status.IsTerminal),
        ("completed_at", operation.Snapshot.CompletedAt),
        ("state", OperationJson.Of(operation)),
    ];
}
