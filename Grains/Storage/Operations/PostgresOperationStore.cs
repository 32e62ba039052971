using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.Operations;

/// <summary>Operations in PostgreSQL.</summary>
internal sealed class PostgresOperationStore(PostgresPool database) : SqlOperationStore(new PostgresDatabase(database, Sql))
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.operations.sql");
}
