using JobTracker.Grains.Storage.Sql;
using JobTracker.Grains.Storage.Sqlite;

namespace JobTracker.Grains.Storage.Operations;

/// <summary>Operations in the embedded database.</summary>
internal sealed class SqliteOperationStore : SqlOperationStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.operations.sql");

    private readonly SqliteDatabase _database;

    public SqliteOperationStore(string path, TimeSpan patience)
        : this(new SqliteDatabase(path, "operations", Sql, patience))
    {
    }

    private SqliteOperationStore(SqliteDatabase database)
        : base(database) => _database = database;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
