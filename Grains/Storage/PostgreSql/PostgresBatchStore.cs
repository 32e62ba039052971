using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Batches in PostgreSQL.</summary>
internal sealed class PostgresBatchStore(PostgresPool database) : SqlBatchStore(new PostgresDatabase(database, Sql))
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.batches.sql");
}
