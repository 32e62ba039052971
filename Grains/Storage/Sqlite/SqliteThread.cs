using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>One connection and the one thread that may use it: SQLite's driver blocks, and a grain's turn must not.</summary>
internal sealed class SqliteThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action<SqliteConnection>> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _connectionString;

    public SqliteThread(string path, string name)
    {
        // Pooling off: the file must be free once this thread has ended.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        new Thread(Loop) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Runs on the thread, in order. A failure to open the database is the work's failure.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(connection =>
        {
            try
            {
                if (connection.State != System.Data.ConnectionState.Open)
                    Open(connection);
                completion.SetResult(work(connection));
            }
            catch (Exception problem)
            {
                completion.SetException(problem);
            }
        });
        return completion.Task;
    }

    /// <summary>
    /// This driver's asynchronous methods do their work before they return: on its own thread nothing is ever waited for.
    /// </summary>
    public static T Ended<T>(Task<T> work) => work.IsCompleted
        ? work.GetAwaiter().GetResult()
        : throw new InvalidOperationException("Work on the embedded database waited for something else.");

    public async ValueTask DisposeAsync()
    {
        _work.CompleteAdding();
        await _ended.Task;
        _work.Dispose();
    }

    private static void Open(SqliteConnection connection)
    {
        connection.Open();
        try
        {
            using var prepare = connection.CreateCommand();
            prepare.CommandText = SqliteJobStore.Sql["prepare_connection"];
            prepare.ExecuteNonQuery();
        }
        catch
        {
            // Half prepared is not durable: the next work starts over.
            connection.Close();
            throw;
        }
    }

    private void Loop()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            foreach (var work in _work.GetConsumingEnumerable())
                work(connection);
        }

        _ended.SetResult();
    }
}
