using System.Collections.Immutable;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>The prepared statements of the writing connection.</summary>
internal sealed class SqliteJobCommands(SqliteConnection connection) : IDisposable
{
    private static readonly (string Name, object? Value)[] NoMore = [];

    private readonly SqliteCommand _insert = Command(connection, "insert_job");
    private readonly SqliteCommand _update = Command(connection, "update_job");
    private readonly SqliteCommand _remove = Command(connection, "remove_job");
    private readonly SqliteCommand _find = Command(connection, "find_write");
    private readonly SqliteCommand _findHolder = Command(connection, "find_idempotency_key");
    private readonly SqliteCommand _findParent = Command(connection, "find_parent");
    private readonly SqliteCommand _addCount = Command(connection, "add_count");
    private readonly SqliteCommand _addEnd = Command(connection, "add_end");
    private readonly SqliteCommand _addResult = Command(connection, "add_receiver_result");
    private readonly SqliteCommand _addTags = Command(connection, "add_tags");
    private readonly SqliteCommand _removeTags = Command(connection, "remove_tags");
    private readonly SqliteCommand _addChildCount = Command(connection, "add_child_count");
    private readonly SqliteCommand _addNotice = Command(connection, "add_group_notice");

    /// <summary>What the row moves; null where the guard did not hold and nothing was written.</summary>
    /// <param name="ancestors">The groups above a new row; null: none.</param>
    public WrittenRow? TryWrite(SqliteTransaction transaction, JobWrite write, string? ancestors)
    {
        var (command, columns) = write switch
        {
            { Next: null } => (_remove, JobColumns.Removed),
            { Stored: null } => (_insert, JobColumns.New),
            _ => (_update, JobColumns.Changed),
        };
        Bind(command, transaction,
            [.. columns.Select(column => (column.Name, column.Of(write))), .. command == _insert ? [("ancestors", ancestors)] : NoMore]);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return null;
        var row = new SqliteRow(reader);
        var written = new WrittenRow(row.Text(0), row.Text(1), row.IdOrNull(2), IsOfGroup: !row.IsNull(3), row.TextOrNull(4));
        if (write is { Stored: null, Next.Snapshot.Tags: { IsDefaultOrEmpty: false } tags })
            Tag(_addTags, transaction, written.OrganizationId, write.Id, tags);
        else if (write.Next is null && !row.IsNull(5))
            Tag(_removeTags, transaction, written.OrganizationId, write.Id, JobTagText.Read(row.Text(5)));
        return written;
    }

    private static void Tag(
        SqliteCommand command, SqliteTransaction transaction, string organizationId, JobId id, ImmutableArray<string> tags)
    {
        Bind(command, transaction, [("organization_id", organizationId), ("tags", tags.ToArray()), ("id", id.Value)]);
        command.ExecuteNonQuery();
    }

    public ParentRow? FindParent(SqliteTransaction transaction, JobId id)
    {
        Bind(_findParent, transaction, [("id", id.Value)]);
        using var row = _findParent.ExecuteReader();
        return row.Read() ? JobColumns.ReadParent(new SqliteRow(row)) : null;
    }

    public (long Version, Guid WriteId)? Find(SqliteTransaction transaction, JobId id)
    {
        Bind(_find, transaction, [("id", id.Value)]);
        using var row = _find.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), Guid.Parse(row.GetString(1))) : null;
    }

    public JobWriteResult.KeyTaken? FindHolder(SqliteTransaction transaction, Job job)
    {
        Bind(_findHolder, transaction, [("organization_id", job.Snapshot.OrganizationId), ("idempotency_key", job.IdempotencyKey)]);
        using var row = _findHolder.ExecuteReader();
        return row.Read()
            ? new JobWriteResult.KeyTaken(new JobId(Guid.Parse(row.GetString(0))), row.GetString(1))
            : null;
    }

    public void Add(SqliteTransaction transaction, RowMoves moves)
    {
        foreach (var ((organization, type, status), change) in moves.Counts)
        {
            Bind(_addCount, transaction,
                [("organization_id", organization), ("job_type", type), ("status", status.Word), ("change", (long)change)]);
            _addCount.ExecuteNonQuery();
        }

        foreach (var ((organization, minute, status), change) in moves.Ends)
        {
            Bind(_addEnd, transaction,
                [("organization_id", organization), ("minute", minute), ("status", status.Word), ("change", (long)change)]);
            _addEnd.ExecuteNonQuery();
        }

        foreach (var (organization, result) in moves.Told)
        {
            var hour = result.At.AddTicks(-(result.At.Ticks % TimeSpan.TicksPerHour));
            Bind(_addResult, transaction,
                [("organization_id", organization), ("host", result.Host), ("hour", hour), ("at", result.At), ("error", result.Error)]);
            _addResult.ExecuteNonQuery();
        }
    }

    public void Add(SqliteTransaction transaction, ChildMoves moves)
    {
        foreach (var ((group, status), change) in moves.Moves)
        {
            Bind(_addChildCount, transaction, [("parent_id", group), ("status", status.Word), ("change", (long)change)]);
            _addChildCount.ExecuteNonQuery();
        }

        foreach (var group in moves.Notices)
        {
            Bind(_addNotice, transaction, [("group_id", group)]);
            _addNotice.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        SqliteCommand[] commands =
        [
            _insert, _update, _remove, _find, _findHolder, _findParent, _addCount, _addEnd, _addResult, _addTags, _removeTags,
            _addChildCount, _addNotice,
        ];
        foreach (var command in commands)
            command.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string name)
    {
        var command = connection.CreateCommand();
        command.CommandText = SqliteJobStore.Sql[name];
        return command;
    }

    /// <summary>The parameters are made at first use and then only filled: the statement stays compiled.</summary>
    private static void Bind(SqliteCommand command, SqliteTransaction transaction, (string Name, object? Value)[] values)
    {
        command.Transaction = transaction;
        var parameters = command.Parameters;
        for (var i = 0; i < values.Length; i++)
        {
            if (parameters.Count <= i)
                parameters.Add(new SqliteParameter { ParameterName = values[i].Name });
            parameters[i].Value = SqliteSession.Spelled(values[i].Value);
        }
    }
}
