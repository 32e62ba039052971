using JobTracker.Audit;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Audit;

/// <summary>The store over either engine: queries of the same names.</summary>
internal abstract class SqlAuditStore(SqlDatabase database) : IAuditStore
{
    public Task AddAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellation) => database.WriteAsync(async session =>
    {
        foreach (var said in events)
            await session.ExecuteAsync("insert_audit_event", cancellation, [.. Columns(said)]);
        return (events.Count, Commit: true);
    }, cancellation);

    public Task EndAsync(AuditEventId id, AuditOutcome outcome, string? reason, CancellationToken cancellation) => database.WriteAsync(
        async session => (await session.ExecuteAsync(
            "end_audit_event", cancellation, ("id", id.Value), ("outcome", outcome.Word), ("reason", reason)), Commit: true),
        cancellation);

    public async Task<AuditPage> ListAsync(AuditQuery query, long pageBytes, CancellationToken cancellation)
    {
        var budget = new PageBudget(query.Limit, pageBytes);
        var read = await budget.FillAsync<AuditEvent>(AuditBytes.Of, async (last, rows, take) =>
        {
            var step = await StepAsync(Behind(query, last?.Id), rows, cancellation);
            _ = step.All(take);
        });
        var (page, next, previous) = IdRange.Page(read, budget.Taken, query.After is not null, query.Before is not null);
        return new AuditPage([.. page], next, previous, budget.Bytes);
    }

    public Task<int> RemoveAsync(AuditEventId before, int limit, CancellationToken cancellation) => database.WriteAsync(
        async session => (await session.ExecuteAsync(
            "remove_audit_events", cancellation, ("before", before.Value), ("limit", (long)limit)), Commit: true),
        cancellation);

    private Task<List<AuditEvent>> StepAsync(AuditQuery query, int rows, CancellationToken cancellation)
    {
        var range = IdRange.Of(query.After?.Value, query.Before?.Value, query.CreatedAfter, query.CreatedBefore, query.Ascending);
        return database.RunAsync(session => session.ListAsync(
            (query.IsUnattributed ? "list_unattributed_audit_events" : "list_audit_events") + (query.Action is null ? "" : "_of_action"),
            filters: "",
            range.Ascending ? "asc" : "desc",
            Read,
            cancellation,
            [.. ListValues(query, range, rows)]), cancellation);
    }

    /// <summary>The rest of the walk, behind the last row that was read; null: all of it.</summary>
    private static AuditQuery Behind(AuditQuery query, AuditEventId? last) => last switch
    {
        null => query,
        { } id when IdRange.EndsAtCursor(query.After is not null, query.Before is not null) => query with { Before = id },
        { } id => query with { After = id },
    };

    private static IEnumerable<(string Name, object? Value)> ListValues(AuditQuery query, IdRange range, int rows)
    {
        if (!query.IsUnattributed)
            yield return ("organization_id", query.OrganizationId);
        yield return ("low", range.Low);
        yield return ("high", range.High);
        yield return ("limit", (long)rows);
        if (query.Action is { } action)
            yield return ("action", action);
    }

    private static IEnumerable<(string Name, object? Value)> Columns(AuditEvent said) =>
    [
        ("id", said.Id.Value),
        ("organization_id", said.Entry.OrganizationId),
        ("actor", said.Entry.Actor),
        ("key_id", said.Entry.KeyId),
        ("address", said.Entry.Address),
        ("action", said.Entry.Action),
        ("subject", said.Entry.Subject),
        ("outcome", said.Outcome.Word),
        ("count", said.Count),
        ("reason", said.Reason),
        ("note", said.Entry.Note),
    ];

    /// <summary><c>audit_event_columns</c>, in their order.</summary>
    private static AuditEvent Read(SqlRow row) => new()
    {
        Id = new AuditEventId(row.Id(0)),
        Entry = new AuditEntry
        {
            OrganizationId = row.TextOrNull(1),
            Actor = row.TextOrNull(2),
            KeyId = row.TextOrNull(3),
            Address = row.TextOrNull(4),
            Action = row.Text(5),
            Subject = row.TextOrNull(6),
            Note = row.TextOrNull(10),
        },
        Outcome = AuditOutcome.FromWord(row.Text(7))!.Value,
        Count = row.Number(8),
        Reason = row.TextOrNull(9),
    };
}
