using Npgsql;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>
/// Runs the statements of a script one by one. What an earlier run began is gone on with: an index that was not finished is dropped and
/// built again, and one that the server is still building, for a process that has died, is waited for.
/// </summary>
internal sealed class ConcurrentBuild(string address, ConcurrentScript script, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <exception cref="MigrationException">A statement failed; those before it stand.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(cancellation);
        try
        {
            await ClearAsync(connection, cancellation);
            foreach (var statement in script.Statements)
                await ExecuteAsync(connection, statement, cancellation);
        }
        catch (NpgsqlException problem)
        {
            throw new MigrationException(
                $"Migration {script.Name} failed: {problem.Message} What it had done stands, and the next start goes on with it.", problem);
        }
    }

    private async Task ClearAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        while (await UnfinishedAsync(connection, cancellation) is [var (index, isBeingBuilt), ..])
        {
            if (isBeingBuilt)
                await Task.Delay(Look, clock, cancellation);
            else
                await ExecuteAsync(
                    connection, PostgresTarget.Sql["drop_index"].Replace("{index}", index, StringComparison.Ordinal), cancellation);
        }
    }

    private async Task<List<(string Index, bool IsBeingBuilt)>> UnfinishedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand(PostgresTarget.Sql["unfinished_indexes"], connection);
        ask.Parameters.AddWithValue("names", script.Indexes.ToArray());
        await using var rows = await ask.ExecuteReaderAsync(cancellation);
        List<(string, bool)> found = [];
        while (await rows.ReadAsync(cancellation))
            found.Add((rows.GetString(0), rows.GetBoolean(1)));
        return found;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        // An index on a large table takes its time.
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
