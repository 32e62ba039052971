using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>The embedded database: one thread that writes, one that reads beside it (WAL lets them).</summary>
/// <param name="path">The file.</param>
/// <param name="name">Of the store, which its threads are called by.</param>
/// <param name="sql">The queries of the store.</param>
/// <param name="patience">How long one piece of work tries where another has locked the file.</param>
internal sealed class SqliteDatabase(string path, string name, SqlFile sql, TimeSpan patience) : SqlDatabase, IAsyncDisposable
{
    private readonly SqliteThread _reader = new(path, $"{name} reader", patience);
    private readonly SqliteThread _writer = new(path, $"{name} writer", patience);

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _writer.DisposeAsync();
    }

    public override Task<T> RunAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellation) =>
        OnAsync(_reader, connection => SqliteThread.Ended(work(new SqliteSession(sql, connection, transaction: null))));

    public override Task<T> WriteAsync<T>(
        Func<SqlSession, Task<(T Result, bool Commit)>> work, CancellationToken cancellation) => OnAsync(_writer, connection =>
    {
        using var transaction = connection.BeginTransaction();
        var (result, commit) = SqliteThread.Ended(work(new SqliteSession(sql, connection, transaction)));
        if (commit)
            transaction.Commit();
        return result;
    });

    private static async Task<T> OnAsync<T>(SqliteThread thread, Func<SqliteConnection, T> work)
    {
        try
        {
            return await thread.RunAsync(work);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new StoreException(SqliteFaults.Of(problem), problem) { IsDuplicate = SqliteFaults.IsDuplicate(problem) }.ForCallers();
        }
    }
}
