using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Ids are text, times are microseconds since 1970, and many rows are one prepared statement many times.</summary>
internal sealed class SqliteSession(SqlFile sql, SqliteConnection connection, SqliteTransaction? transaction = null)
    : SqlSession(sql, connection, transaction, connection.DefaultTimeout)
{
    public override async Task<List<T>> EachAsync<T>(
        string query, Func<SqlRow, T> read, (string Name, object? Value)[] shared, (string Name, Array Values)[] columns,
        CancellationToken cancellation)
    {
        await using var command = Command(Sql(query), shared);
        DbParameter[] parameters = [.. columns.Select(column => Add(command, column.Name, DBNull.Value))];
        var rows = new List<T>();
        for (var place = 0; place < columns[0].Values.Length; place++)
        {
            for (var column = 0; column < columns.Length; column++)
                parameters[column].Value = Spelled(columns[column].Values.GetValue(place));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var row = Wrap(reader);
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(row));
        }
        return rows;
    }

    public static object Spelled(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString("D", CultureInfo.InvariantCulture),
        DateTimeOffset time => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        string[] texts => JsonSerializer.Serialize(texts),
        _ => value,
    };

    protected override SqlRow Wrap(DbDataReader reader) => new SqliteRow(reader);

    protected override object Spell(object? value) => Spelled(value);
}

internal sealed class SqliteRow(DbDataReader reader) : SqlRow(reader)
{
    public override Guid Id(int column) => Guid.ParseExact(Row.GetString(column), "D");

    public override DateTimeOffset Time(int column) =>
        DateTimeOffset.UnixEpoch.AddTicks(Row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    public override bool Flag(int column) => Row.GetInt64(column) == 1;
}
