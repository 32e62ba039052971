using System.Data;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>One connection with one statement that stores a batch.</summary>
/// <param name="slot">Which rows of the counts are its own: writers that share one wait for each other's commits.</param>
/// <param name="depth">How many groups may stand above a job.</param>
internal sealed class PostgresJobWriter(PostgresPool database, StorageOptions options, int slot, int depth) : IJobWriter
{
    private readonly List<JobWrite> _new = [];
    private readonly List<JobWrite> _changed = [];
    private readonly List<JobWrite> _removed = [];
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _save;
    private PlanAge _plan;

    /// <summary>The row of job_writers that lets this connection write.</summary>
    private Guid _row;

    public bool IsOpen { get; private set; }

    public async Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation)
    {
        var (sent, stored) = (false, false);
        try
        {
            var save = await ConnectAsync(cancellation);
            Fill(save, batch);
            sent = true;
            var written = await SaveAsync(save, cancellation);
            stored = true;
            return written.Count == batch.Count
                ? [.. Enumerable.Repeat(JobWriteResult.Stored.Instance, batch.Count)]
                : await AskAsync(batch, written, cancellation);
        }
        catch (StoreException)
        {
            await DisconnectAsync();
            throw;
        }
        catch (Exception problem)
        {
            // After the commit, whatever goes wrong is no more than a lost answer.
            var fault = stored ? StoreFault.AnswerLost : PostgresFaults.Of(problem, sent);
            IsOpen |= fault is StoreFault.AnswerLost;
            if (problem is not PostgresException || fault is StoreFault.Unavailable or StoreFault.AnswerLost)
                await DisconnectAsync();
            throw new StoreException(fault, problem);
        }
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        try
        {
            await ConnectAsync(cancellation);
        }
        catch (Exception problem)
        {
            await DisconnectAsync();
            throw new StoreException(PostgresFaults.Of(problem, sent: false), problem);
        }
    }

    public ValueTask DisposeAsync() => DisconnectAsync();

    /// <summary>The arrays of save_jobs, for new, changed and removed rows; made anew for each command and filled for each batch.</summary>
    public static IEnumerable<NpgsqlParameter> Parameters() =>
        JobColumns.New.Select(column => Parameter($"new_{column.Name}", column))
            .Concat(JobColumns.Changed.Select(column => Parameter(column.Name, column)))
            .Concat(JobColumns.Removed.Select(column => Parameter($"removed_{column.Name}", column)))
            .Append(new NpgsqlParameter<Guid[]>("parents", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { TypedValue = [] });

    private static NpgsqlParameter Parameter(string name, Column<JobWrite> column) => new(name, NpgsqlDbType.Array | column.Kind switch
    {
        ColumnKind.Id => NpgsqlDbType.Uuid,
        ColumnKind.Text => NpgsqlDbType.Text,
        ColumnKind.Flag => NpgsqlDbType.Boolean,
        ColumnKind.Time => NpgsqlDbType.TimestampTz,
        ColumnKind.Integer => NpgsqlDbType.Integer,
        ColumnKind.Number => NpgsqlDbType.Bigint,
        ColumnKind.Json => NpgsqlDbType.Json,
    })
    { Value = column.OfAll([]) };

    private async Task<NpgsqlCommand> ConnectAsync(CancellationToken cancellation)
    {
        if (_save is null || _connection is not { State: ConnectionState.Open })
        {
            await DisconnectAsync();
            _connection = await database.OpenConnectionAsync(cancellation);
            await TakeRowAsync(_connection, cancellation);
            _save = Command(_connection);
            _plan = new PlanAge();
        }

        if (database.KeepsStatements && _plan.IsOld())
        {
            await _save.UnprepareAsync(cancellation);
            await _save.PrepareAsync(cancellation);
        }

        return _save;
    }

    /// <summary>A statement under the old row is over when the new one is there.</summary>
    private async Task TakeRowAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var row = Guid.CreateVersion7();
        await using var open = new NpgsqlCommand(PostgresJobStore.Sql["open_writer"], connection)
        { CommandTimeout = (int)options.StatementTimeout.TotalSeconds };
        open.Parameters.AddWithValue("ended", _row);
        open.Parameters.AddWithValue("id", row);
        await open.ExecuteNonQueryAsync(cancellation);
        (_row, IsOpen) = (row, false);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection)
    {
        var save = new NpgsqlCommand(PostgresJobStore.Sql["save_jobs"], connection)
        { CommandTimeout = (int)options.StatementTimeout.TotalSeconds };
        save.Parameters.AddRange(Parameters().ToArray());
        save.Parameters.Add(new NpgsqlParameter<int>("slot", slot));
        save.Parameters.Add(new NpgsqlParameter<Guid>("writer", _row));
        save.Parameters.Add(new NpgsqlParameter<int>("depth", depth));
        return save;
    }

    private void Fill(NpgsqlCommand save, IReadOnlyList<JobWrite> batch)
    {
        _new.Clear();
        _changed.Clear();
        _removed.Clear();
        foreach (var write in batch)
            (write switch { { Next: null } => _removed, { Stored: null } => _new, _ => _changed }).Add(write);

        // In one order in every statement: two that meet on some rows wait for each other one way only.
        _new.Sort(ByKey);
        _changed.Sort(ById);
        _removed.Sort(ById);
        var next = FillColumns(save, JobColumns.New, _new, first: 0);
        next = FillColumns(save, JobColumns.Changed, _changed, next);
        next = FillColumns(save, JobColumns.Removed, _removed, next);
        save.Parameters[next].Value = ParentsOf(_new);
    }

    private static Guid[] ParentsOf(List<JobWrite> children) =>
        [.. children.Select(write => write.Next!.Snapshot.ParentId).OfType<JobId>().Select(id => id.Value).Distinct()];

    private static int ByKey(JobWrite one, JobWrite other) =>
        (string.CompareOrdinal(one.Next!.Snapshot.OrganizationId, other.Next!.Snapshot.OrganizationId),
            string.CompareOrdinal(one.Next.IdempotencyKey, other.Next.IdempotencyKey)) switch
        {
            (0, 0) => ById(one, other),
            (0, var keys) => keys,
            var (organizations, _) => organizations,
        };

    private static int ById(JobWrite one, JobWrite other) => one.Id.Value.CompareTo(other.Id.Value);

    private static int FillColumns(NpgsqlCommand save, Column<JobWrite>[] columns, List<JobWrite> rows, int first)
    {
        for (var i = 0; i < columns.Length; i++)
            save.Parameters[first + i].Value = columns[i].OfAll(rows);
        return first + columns.Length;
    }

    private async Task<HashSet<Guid>> SaveAsync(NpgsqlCommand save, CancellationToken cancellation)
    {
        var written = new HashSet<Guid>();
        await using var ids = await save.ExecuteReaderAsync(cancellation);
        while (await ids.ReadAsync(cancellation))
            written.Add(ids.GetGuid(0));
        return written.Remove(_row)
            ? written
            : throw new StoreException(
                StoreFault.Unavailable, new InvalidOperationException("The writer has lost its row, and takes another one."));
    }

    /// <summary>Asks the rows that were not written why; the transaction is over, so what they say now is at least as new.</summary>
    private async Task<IReadOnlyList<JobWriteResult>> AskAsync(
        IReadOnlyList<JobWrite> batch, HashSet<Guid> written, CancellationToken cancellation)
    {
        var rows = await FindAsync([.. batch.Select(write => write.Id.Value).Where(id => !written.Contains(id))], cancellation);
        var results = new JobWriteResult[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            (long, Guid)? row = rows.TryGetValue(batch[i].Id.Value, out var found) ? found : null;
            results[i] = written.Contains(batch[i].Id.Value) ? JobWriteResult.Stored.Instance
                : row is null && batch[i] is { Stored: null, Next: { } child } && MayBeRefused(child)
                    ? await WhyNotMadeAsync(batch[i], child, cancellation)
                : JobWriteResult.OfRow(batch[i], row);
        }

        return results;
    }

    private async Task<Dictionary<Guid, (long Version, Guid WriteId)>> FindAsync(Guid[] ids, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(PostgresJobStore.Sql["find_writes"], _connection);
        find.Parameters.AddWithValue("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid, ids);
        await using var rows = await find.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<Guid, (long, Guid)>();
        while (await rows.ReadAsync(cancellation))
            found.Add(rows.GetGuid(0), (rows.GetInt64(1), rows.GetGuid(2)));
        return found;
    }

    /// <summary>Its key may belong to another one, and its parent may take no more.</summary>
    private static bool MayBeRefused(Job child) => child.IdempotencyKey is not null || child.Snapshot.ParentId is not null;

    /// <summary>Whoever repeats a create is told of its job, also where its group takes no more meanwhile.</summary>
    private async Task<JobWriteResult> WhyNotMadeAsync(JobWrite write, Job child, CancellationToken cancellation) =>
        child.IdempotencyKey is { } key && await FindHolderAsync(child.Snapshot.OrganizationId, key, cancellation) is { } holder ? holder
        : write.MayBeStored ? JobWriteResult.Unknown.Instance
        : child.Snapshot.ParentId is { } parent
            && ParentRow.Problem(
                write.Id, child.Snapshot.OrganizationId, await FindParentAsync(parent.Value, cancellation), depth) is { } problem
                ? new JobWriteResult.NotTaken(problem)
        : JobWriteResult.Again.Instance;

    private async Task<JobWriteResult.KeyTaken?> FindHolderAsync(string organizationId, string key, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(PostgresJobStore.Sql["find_idempotency_key"], _connection);
        find.Parameters.AddWithValue("organization_id", organizationId);
        find.Parameters.AddWithValue("idempotency_key", key);
        await using var rows = await find.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? new JobWriteResult.KeyTaken(new JobId(rows.GetGuid(0)), rows.GetString(1)) : null;
    }

    private async Task<ParentRow?> FindParentAsync(Guid id, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(PostgresJobStore.Sql["find_parent"], _connection);
        find.Parameters.AddWithValue("id", id);
        await using var rows = await find.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? JobColumns.ReadParent(new PostgresRow(rows)) : null;
    }

    private async ValueTask DisconnectAsync()
    {
        if (_save is not null)
            await _save.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        (_save, _connection) = (null, null);
    }
}
