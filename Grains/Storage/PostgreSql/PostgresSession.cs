using System.Data.Common;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Columns travel as arrays: one statement for all rows.</summary>
internal sealed class PostgresSession(SqlFile sql, NpgsqlConnection connection, NpgsqlTransaction? transaction, int timeoutSeconds)
    : SqlSession(sql, connection, transaction, timeoutSeconds)
{
    public override Task<List<T>> EachAsync<T>(
        string query, Func<SqlRow, T> read, (string Name, object? Value)[] shared, (string Name, Array Values)[] columns,
        CancellationToken cancellation)
    {
        var command = Command(Sql(query), shared);
        foreach (var (name, values) in columns)
            Add(command, name, values);
        return ReadAsync(command, read, cancellation);
    }

    protected override SqlRow Wrap(DbDataReader reader) => new PostgresRow(reader);

    protected override object Spell(object? value) => value ?? DBNull.Value;
}

internal sealed class PostgresRow(DbDataReader reader) : SqlRow(reader)
{
    public override Guid Id(int column) => Row.GetGuid(column);

    public override DateTimeOffset Time(int column) => new(Row.GetDateTime(column));

    public override bool Flag(int column) => Row.GetBoolean(column);
}
