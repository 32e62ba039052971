using JobTracker.Grains.Storage.Batches;
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

    protected override Task<T> RunAsync<T>(Func<BatchSession, Task<T>> work, CancellationToken cancellation) =>
        OnAsync(_reader, connection => Ended(work(new SqliteBatchSession(connection, transaction: null))));

    protected override Task<T> WriteAsync<T>(
        Func<BatchSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation) => OnAsync(_writer, connection =>
    {
        using var transaction = connection.BeginTransaction();
        var (result, commit) = Ended(work(new SqliteBatchSession(connection, transaction)));
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
            throw BatchFaults.Of(SqliteFaults.Of(problem), problem);
        }
    }

    /// <summary>
    /// This driver's asynchronous methods do their work before they return: on its own thread nothing is ever waited for.
    /// </summary>
    private static T Ended<T>(Task<T> work) => work.IsCompleted
        ? work.GetAwaiter().GetResult()
        : throw new InvalidOperationException("Work on the embedded database waited for something else.");
}
