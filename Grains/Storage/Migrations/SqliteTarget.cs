using DbUp;
using DbUp.Builder;
using JobTracker.Grains.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>A SQLite file; the lock is a file beside it, because SQLite's own lock would shut the migration out as well.</summary>
internal sealed class SqliteTarget(string path, TimeProvider clock) : MigrationTarget
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly string _path = Path.GetFullPath(path);

    public override string Name => $"SQLite database {_path}";

    public override UpgradeEngineBuilder NewEngine() =>
        DeployChanges.To.SqliteDatabase(ConnectionString).JournalToSqliteTable("schemaversions");

    public override async Task<IAsyncDisposable> LockAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var held = await LockFileAsync(patience, cancellationToken);
        try
        {
            await UseWriteAheadLogAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false }.ConnectionString;

    private async Task<FileStream> LockFileAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            if (FileLock.TryTake($"{_path}.migrating") is { } held)
                return held;
            if (clock.GetElapsedTime(start) > patience)
                throw LockTimedOut(patience);
            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    /// <summary>A property of the file: set once, it holds for every later connection, whoever opens it.</summary>
    private async Task UseWriteAheadLogAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
