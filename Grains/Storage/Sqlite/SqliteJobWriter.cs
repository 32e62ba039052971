using JobTracker.Grains.Storage.Groups;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Stores a batch row by row in one transaction: one sync of the log for all of them.</summary>
/// <param name="path">The file.</param>
/// <param name="depth">How many groups may stand above a job.</param>
internal sealed class SqliteJobWriter(string path, int depth) : IJobWriter
{
    private readonly SqliteThread _thread = new(path, "jobs writer", SqliteJobStore.Try);
    private SqliteJobCommands? _commands;

    /// <summary>The file is this process's own: what has failed is over.</summary>
    public bool IsOpen => false;

    public Task EndAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation)
    {
        try
        {
            return await _thread.RunAsync(connection => WriteOrClose(connection, batch));
        }
        catch (Exception problem)
        {
            throw new StoreException(SqliteFaults.Of(problem), problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_commands is { } commands)
            await _thread.RunAsync(_ => { commands.Dispose(); return 0; });
        await _thread.DisposeAsync();
    }

    /// <summary>A file that failed is opened anew by the next batch.</summary>
    private JobWriteResult[] WriteOrClose(SqliteConnection connection, IReadOnlyList<JobWrite> batch)
    {
        try
        {
            return Write(connection, batch);
        }
        catch (Exception problem) when (SqliteFaults.Of(problem) is StoreFault.Unavailable or StoreFault.AnswerLost)
        {
            _commands?.Dispose();
            _commands = null;
            connection.Close();
            throw;
        }
    }

    private JobWriteResult[] Write(SqliteConnection connection, IReadOnlyList<JobWrite> batch)
    {
        var commands = _commands ??= new SqliteJobCommands(connection);
        using var transaction = connection.BeginTransaction();
        var (counts, moves) = (new RowMoves(), new ChildMoves());
        var results = new JobWriteResult[batch.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = Write(commands, transaction, batch[i], counts, moves);
        commands.Add(transaction, counts);
        commands.Add(transaction, moves);
        transaction.Commit();
        return results;
    }

    private JobWriteResult Write(
        SqliteJobCommands commands, SqliteTransaction transaction, JobWrite write, RowMoves counts, ChildMoves moves)
    {
        var child = write.Stored is null ? write.Next : null;
        var parent = child?.Snapshot.ParentId is { } parentId ? commands.FindParent(transaction, parentId) : null;
        var problem = child?.Snapshot.ParentId is null ? null : ParentRow.Problem(write.Id, child.Snapshot.OrganizationId, parent, depth);
        if ((problem is null ? commands.TryWrite(transaction, write, parent?.Path) : null) is not { } row)
            return Ask(commands, transaction, write, problem);
        counts.Note(write, row);
        moves.Note(
            write.Id, row, write.Stored?.Status, write.Next?.Snapshot.Status,
            isCancelling: parent?.OnChildFailure is OnChildFailure.Cancel);
        return JobWriteResult.Stored.Instance;
    }

    /// <summary>Whoever repeats a create is told of its job, also where its group takes no more meanwhile.</summary>
    private static JobWriteResult Ask(SqliteJobCommands commands, SqliteTransaction transaction, JobWrite write, Refusal? problem)
    {
        var row = commands.Find(transaction, write.Id);
        if (row is not null || write is not { Stored: null, Next: { } job } || (job.IdempotencyKey is null && problem is null))
            return JobWriteResult.OfRow(write, row);
        return job.IdempotencyKey is not null && commands.FindHolder(transaction, job) is { } holder ? holder
            : problem is not null ? new JobWriteResult.NotTaken(problem)
            : JobWriteResult.Again.Instance;
    }
}
