using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Audit events in PostgreSQL.</summary>
internal sealed class PostgresAuditStore(PostgresPool database) : SqlAuditStore(new PostgresDatabase(database, Sql))
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.audit.sql");
}
