using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>One connection and the one thread that may use it: SQLite's driver blocks, and a grain's turn must not.</summary>
/// <remarks>
/// Another program that locks the file holds up every statement. Each piece of work has the patience of the thread for that, and what has
/// waited as long behind one that met the lock fails with it: else each in the queue would try for itself, one after the other.
/// </remarks>
internal sealed class SqliteThread : IAsyncDisposable
{
    /// <summary>Patterns are the program's own, and texts short.</summary>
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Action<SqliteConnection>> _work = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _connectionString;
    private readonly TimeSpan _patience;
    private bool _metALock;

    /// <param name="path">The file.</param>
    /// <param name="name">Of the thread.</param>
    /// <param name="patience">How long work tries where another has locked the file; the driver counts in whole seconds.</param>
    public SqliteThread(string path, string name, TimeSpan patience)
    {
        _patience = patience;
        // Pooling off: the file must be free once this thread has ended.
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = Seconds(patience),
        }.ToString();
        new Thread(Loop) { Name = name, IsBackground = true }.Start();
    }

    /// <summary>Runs on the thread, in order. A failure to open the database is the work's failure.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var since = TimeProvider.System.GetTimestamp();
        _work.Add(connection =>
        {
            try
            {
                BeforeTheLock(connection, TimeProvider.System.GetElapsedTime(since));
                if (connection.State != System.Data.ConnectionState.Open)
                    Open(connection);
                var result = work(connection);
                _metALock = false;
                completion.SetResult(result);
            }
            catch (Exception problem)
            {
                _metALock = SqliteFaults.IsLocked(problem);
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

    /// <summary>The driver tries again and again for as long as the connection says.</summary>
    private void BeforeTheLock(SqliteConnection connection, TimeSpan waited)
    {
        if (_metALock && waited >= _patience)
            throw SqliteFaults.LockedByAnother();
        connection.DefaultTimeout = Seconds(_patience - waited);
    }

    /// <summary>One at least: none would be for ever.</summary>
    private static int Seconds(TimeSpan span) => Math.Max(1, (int)Math.Ceiling(span.TotalSeconds));

    private static void Open(SqliteConnection connection)
    {
        connection.Open();
        try
        {
            using var prepare = connection.CreateCommand();
            prepare.CommandText = SqliteJobStore.Sql["prepare_connection"];
            prepare.ExecuteNonQuery();
            AddFunctions(connection);
        }
        catch
        {
            // Half prepared is not durable: the next work starts over.
            connection.Close();
            throw;
        }
    }

    /// <summary>SQLite has the operator regexp, and leaves to its user what it means.</summary>
    public static void AddFunctions(SqliteConnection connection) =>
        connection.CreateFunction<string, string?, bool>("regexp", IsMatch, isDeterministic: true);

    private static bool IsMatch(string pattern, string? text) =>
        text is not null && Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch);

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
