using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Ids are text, times are microseconds since 1970, and many rows are one prepared statement many times.</summary>
internal sealed class SqliteSession(SqlFile sql, SqliteConnection connection, SqliteTransaction? transaction)
    : SqlSession(sql, connection, transaction, timeoutSeconds: 60)
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
                parameters[column].Value = Spell(columns[column].Values.GetValue(place));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var row = Wrap(reader);
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(row));
        }
        return rows;
    }

    protected override SqlRow Wrap(DbDataReader reader) => new Row(reader);

    protected override object Spell(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => SqliteJobRow.Text(id),
        DateTimeOffset time => SqliteJobRow.Microseconds(time),
        int number => (long)number,
        string[] texts => JsonSerializer.Serialize(texts),
        _ => value,
    };

    private sealed class Row(DbDataReader reader) : SqlRow(reader)
    {
        public override Guid Id(int column) => Guid.ParseExact(Row.GetString(column), "D");

        public override DateTimeOffset? Time(int column) =>
            IsNull(column) ? null : DateTimeOffset.UnixEpoch.AddTicks(Row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

        public override bool Flag(int column) => Row.GetInt64(column) == 1;
    }
}
