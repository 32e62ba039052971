using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Batches in the embedded database.</summary>
internal sealed class SqliteBatchStore : SqlBatchStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.batches.sql");

    private readonly SqliteDatabase _database;

    public SqliteBatchStore(string path, TimeSpan patience)
        : this(new SqliteDatabase(path, "batches", Sql, patience))
    {
    }

    private SqliteBatchStore(SqliteDatabase database)
        : base(database) => _database = database;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
