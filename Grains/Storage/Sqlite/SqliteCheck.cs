using JobTracker.Grains.Storage.Health;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>The embedded database, on a connection and thread that nothing else uses.</summary>
internal sealed class SqliteCheck(StorageOptions options) : IStorageCheck, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.health.sql");

    private readonly SqliteThread _thread = new(options.SqlitePath, "health", options.CheckTimeout);

    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    public Task TryAsync(CancellationToken cancellation) => _thread.RunAsync(connection =>
    {
        Run(connection, Sql["read_any_job"]);
        return Run(connection, Sql["write_check"]);
    });

    public string CauseOf(Exception problem) => SqliteCauses.Of(problem);

    private static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
