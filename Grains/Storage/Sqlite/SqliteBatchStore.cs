using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Batches in the embedded database: one thread that writes, one that reads beside it (WAL lets them).</summary>
internal sealed class SqliteBatchStore(string path) : SqlBatchStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.batches.sql");

    private readonly SqliteThread _reader = new(path, "batches reader");
    private readonly SqliteThread _writer = new(path, "batches writer");

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _writer.DisposeAsync();
    }

    protected override Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation) =>
        OnAsync(_reader, connection => SqliteThread.Ended(work(new SqliteSession(Sql, connection))));

    protected override Task<T> WriteAsync<T>(
        Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation) => OnAsync(_writer, connection =>
    {
        using var transaction = connection.BeginTransaction();
        var (result, commit) = SqliteThread.Ended(work(new SqliteSession(Sql, connection, transaction)));
        if (commit)
            transaction.Commit();
        return result;
    });

    protected override bool IsDuplicate(Exception problem) => problem is SqliteException { SqliteErrorCode: 19 };

    private static async Task<T> OnAsync<T>(SqliteThread thread, Func<SqliteConnection, T> work)
    {
        try
        {
            return await thread.RunAsync(work);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new StoreException(SqliteFaults.Of(problem), problem).ForCallers();
        }
    }
}
