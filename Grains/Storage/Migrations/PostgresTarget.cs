using System.Globalization;
using DbUp;
using DbUp.Builder;
using DbUp.Postgresql;
using Npgsql;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>A PostgreSQL database; the lock is an advisory one, held by a session that does nothing else.</summary>
internal sealed class PostgresTarget : MigrationTarget
{
    /// <summary>"jobtrack" in ASCII: any number will do, as long as every version uses the same.</summary>
    private const long LockKey = 0x6A6F62747261636B;

    private readonly NpgsqlConnectionStringBuilder _address;

    /// <summary>Unpooled: a few connections at start, and the lock must end with its session.</summary>
    public PostgresTarget(string connectionString) => _address = new(connectionString) { Pooling = false };

    public override string Name => $"PostgreSQL database {_address.Database} on {_address.Host}";

    public override UpgradeEngineBuilder NewEngine() =>
        DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(_address.ConnectionString));

    public override async Task<IAsyncDisposable> LockAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var session = new NpgsqlConnection(_address.ConnectionString);
        try
        {
            await session.OpenAsync(cancellationToken);
            var milliseconds = patience.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            await ExecuteAsync($"set lock_timeout = {milliseconds}");
            await ExecuteAsync($"select pg_advisory_lock({LockKey})");
            return session;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await session.DisposeAsync();
            throw LockTimedOut(patience, e);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        async Task ExecuteAsync(string sql)
        {
            // lock_timeout bounds the wait, not the driver.
            await using var command = new NpgsqlCommand(sql, session) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
