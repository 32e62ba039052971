using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Audit events in the embedded database.</summary>
internal sealed class SqliteAuditStore : SqlAuditStore, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("Sqlite.audit.sql");

    private readonly SqliteDatabase _database;

    public SqliteAuditStore(string path, TimeSpan patience)
        : this(new SqliteDatabase(path, "audit", Sql, patience))
    {
    }

    private SqliteAuditStore(SqliteDatabase database)
        : base(database) => _database = database;

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
