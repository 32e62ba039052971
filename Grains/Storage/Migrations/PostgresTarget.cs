using DbUp;
using DbUp.Builder;
using DbUp.Postgresql;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>
/// A PostgreSQL database; the lock is an advisory one of a transaction that does nothing else, so that a pooler may stand before it.
/// </summary>
internal sealed class PostgresTarget : MigrationTarget
{
    internal static readonly SqlFile Sql = SqlFile.Load("PostgreSql.migrations.sql");

    /// <summary>"jobtrack" in ASCII: any number will do, as long as every version uses the same.</summary>
    private const long LockKey = 0x6A6F62747261636B;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly TimeProvider _clock;

    /// <summary>Unpooled: a few connections at start.</summary>
    public PostgresTarget(string connectionString, TimeProvider clock) =>
        (_address, _clock) = (new(connectionString) { Pooling = false }, clock);

    public override string Name => $"PostgreSQL database {_address.Database} on {_address.Host}";

    public override UpgradeEngineBuilder NewEngine() =>
        DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(_address.ConnectionString));

    public override async Task<IAsyncDisposable> LockAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        while (true)
        {
            if (await TryLockAsync(cancellationToken) is { } held)
                return held;
            if (_clock.GetElapsedTime(start) > patience)
                throw LockTimedOut(patience);
            await Task.Delay(RetryDelay, _clock, cancellationToken);
        }
    }

    public override async Task RunAsync(
        ConcurrentScript script, Func<bool> isMissing, Func<Task> done, CancellationToken cancellationToken)
    {
        await using var lease = await BuildLease.TakeAsync(_address.ConnectionString, script.Name, isMissing, _clock, cancellationToken);
        if (!isMissing())
            return;
        try
        {
            await new ConcurrentBuild(_address.ConnectionString, script, _clock).RunAsync(lease?.Lost ?? cancellationToken);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MigrationException($"{Name} could not be told any more that this process runs {script.Name}.", problem);
        }

        await done();
    }

    /// <summary>The lock, and the table of the leases with it; null: another process has the lock.</summary>
    private async Task<IAsyncDisposable?> TryLockAsync(CancellationToken cancellation)
    {
        var session = new NpgsqlConnection(_address.ConnectionString);
        try
        {
            await session.OpenAsync(cancellation);
            var transaction = await session.BeginTransactionAsync(cancellation);
            await using (var ask = new NpgsqlCommand(Sql["try_lock"], session, transaction) { Parameters = { new("key", LockKey) } })
            {
                if (await ask.ExecuteScalarAsync(cancellation) is true)
                {
                    await ExecuteAsync("stay_idle");
                    await ExecuteAsync("create_leases");
                    return new HeldLock(session, transaction);
                }
            }

            await session.DisposeAsync();
            return null;

            async Task ExecuteAsync(string query)
            {
                await using var command = new NpgsqlCommand(Sql[query], session, transaction);
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private sealed class HeldLock(NpgsqlConnection session, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await transaction.CommitAsync();
            }
            catch (NpgsqlException)
            {
                // The lock has gone with its session.
            }

            await session.DisposeAsync();
        }
    }
}
