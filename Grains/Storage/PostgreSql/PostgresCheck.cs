using JobTracker.Grains.Storage.Health;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>
/// PostgreSQL on a connection that nothing else uses: what keeps the pool busy does not look like an outage. Reads, a file of its own on
/// the server's disk, and a commit, in one round trip.
/// </summary>
/// <param name="database">Of its own; it is closed with this.</param>
internal sealed class PostgresCheck(NpgsqlDataSource database) : IStorageCheck, IAsyncDisposable
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.health.sql");

    /// <summary>How many rows there may be: silos beyond that share them.</summary>
    private const int Slots = 64;

    private readonly int _slot = Random.Shared.Next(Slots);

    public async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await OnceAsync(cancellation);
        }
        catch (NpgsqlException problem) when (problem.InnerException is not TimeoutException)
        {
            // The connection may be one of before a restart: a new one tells.
            await OnceAsync(cancellation);
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    public string CauseOf(Exception problem) => PostgresCauses.Of(problem);

    private async Task OnceAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Sql["narrow_memory"]),
                new NpgsqlBatchCommand(Sql["take_room"]),
                new NpgsqlBatchCommand(Sql["read_any_job"]),
                new NpgsqlBatchCommand(Sql["write_check"]) { Parameters = { new NpgsqlParameter("slot", _slot) } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
