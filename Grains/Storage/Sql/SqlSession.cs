using System.Data.Common;

namespace JobTracker.Grains.Storage.Sql;

/// <summary>One connection with the named queries of its engine; what is written through it is one transaction.</summary>
internal abstract class SqlSession(SqlFile sql, DbConnection connection, DbTransaction? transaction, int timeoutSeconds)
{
    public Task<int> ExecuteAsync(string query, CancellationToken cancellation, params ReadOnlySpan<(string Name, object? Value)> values) =>
        ExecuteAsync(Command(sql[query], values), cancellation);

    public Task<List<T>> QueryAsync<T>(
        string query, Func<SqlRow, T> read, CancellationToken cancellation, params ReadOnlySpan<(string Name, object? Value)> values) =>
        ReadAsync(Command(sql[query], values), read, cancellation);

    /// <summary>A list query: its places are filled with fragments of the same file.</summary>
    public Task<List<T>> ListAsync<T>(
        string query, string filters, string direction, Func<SqlRow, T> read, CancellationToken cancellation,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var text = sql[query].Replace("{filters}", filters.Length == 0 ? "" : sql[filters], StringComparison.Ordinal)
            .Replace("{direction}", direction, StringComparison.Ordinal);
        return ReadAsync(Command(text, values), read, cancellation);
    }

    /// <summary>Takes row after row until one is not taken any more.</summary>
    public async Task WalkAsync(DbCommand command, Func<SqlRow, bool> take, CancellationToken cancellation)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var row = Wrap(reader);
            while (await reader.ReadAsync(cancellation) && take(row))
            {
                // What a row is for is the taker's.
            }
        }
    }

    /// <summary>The query for every row of the columns; what it returned, if it returns.</summary>
    public abstract Task<List<T>> EachAsync<T>(
        string query, Func<SqlRow, T> read, (string Name, object? Value)[] shared, (string Name, Array Values)[] columns,
        CancellationToken cancellation);

    protected string Sql(string query) => sql[query];

    protected abstract SqlRow Wrap(DbDataReader reader);

    /// <summary>The value as the driver takes it.</summary>
    protected abstract object Spell(object? value);

    /// <summary>A command of the text; the values are spelled as the engine wants them.</summary>
    public DbCommand Command(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        command.CommandTimeout = timeoutSeconds;
        foreach (var (name, value) in values)
            Add(command, name, Spell(value));
        return command;
    }

    protected static DbParameter Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
        return parameter;
    }

    protected async Task<List<T>> ReadAsync<T>(DbCommand command, Func<SqlRow, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        await WalkAsync(command, row =>
        {
            rows.Add(read(row));
            return true;
        }, cancellation);
        return rows;
    }

    private static async Task<int> ExecuteAsync(DbCommand command, CancellationToken cancellation)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancellation);
    }
}
