using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Health;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What the check of PostgreSQL finds out, and says.</summary>
public sealed class PostgresCheckTests : IAsyncLifetime
{
    private static readonly StorageOptions Options = new() { CheckInterval = TimeSpan.Zero, CheckTimeout = TimeSpan.FromSeconds(1) };

    private string _connection = "";
    private DatabaseCable _cable = null!;
    private PostgresCheck _check = null!;
    private StorageHealth _health = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.Shared;
        _connection = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        _cable = new DatabaseCable(_connection);
        _check = new PostgresCheck(PostgresPool.OpenForChecks(_cable.ConnectionString, Options.CheckTimeout));
        _health = new StorageHealth(_check, Options, TimeProvider.System, NullLogger<StorageHealth>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _check.DisposeAsync();
        await _cable.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_reads_and_writes_works_and_its_table_stays_small()
    {
        for (var look = 0; look < 5; look++)
            Assert.Null(await CauseAsync());

        Assert.Equal(1L, await ScalarAsync("select count(*) from storage_checks"));
    }

    [Fact]
    public async Task One_that_refuses_connections_does_not_and_works_again_at_once()
    {
        Assert.Null(await CauseAsync());
        _cable.Cut();
        Assert.Equal("The database refuses connections.", await CauseAsync());

        _cable.Mend();
        Assert.Null(await CauseAsync());
    }

    [Fact]
    public async Task One_that_hangs_does_not_answer_and_nobody_waits_for_longer_than_the_timeout()
    {
        Assert.Null(await CauseAsync());
        _cable.FallSilent();
        var first = await _health.AskAsync().Soon();
        Assert.Equal("The database does not answer.", first.Cause);

        _cable.Mend();
        await Until.TrueAsync(async () => await CauseAsync() is null);
    }

    [Fact]
    public async Task One_that_is_read_only_says_so()
    {
        var database = new NpgsqlConnectionStringBuilder(_connection).Database;
        await ExecuteAsync($"alter database {database} set default_transaction_read_only = on");

        Assert.Equal("The database is read-only.", await CauseAsync());
    }

    [Fact]
    public async Task One_without_the_schema_of_this_version_says_so()
    {
        await ExecuteAsync("drop table storage_checks");

        Assert.Equal("The database lacks the schema of this version.", await CauseAsync());
    }

    [Theory]
    [InlineData("53100", "The database is full: its disk has no room left.")]
    [InlineData("53300", "The database has no connection left to give.")]
    [InlineData("28P01", "The database refuses the service's credentials.")]
    [InlineData("3D000", "The server has no such database.")]
    [InlineData("42501", "The database does not permit it to the service's role.")]
    [InlineData("57P03", "The database is starting or stopping.")]
    [InlineData("XX000", "The database refuses it with SQLSTATE XX000.")]
    public void What_the_server_says_is_put_into_words_without_names_or_addresses(string sqlState, string cause) =>
        Assert.Equal(cause, _check.CauseOf(new PostgresException("of role secret at 10.0.0.1", "FATAL", "FATAL", sqlState)));

    [Fact]
    public async Task An_outage_lasts_from_its_first_failure_whatever_causes_follow()
    {
        Assert.Null(await CauseAsync());
        _cable.Cut();
        await CauseAsync();
        _cable.Mend();
        await ExecuteAsync("drop table storage_checks");
        var before = await _health.AskAsync();
        await Until.TrueAsync(async () => (await _health.AskAsync()).For > before.For);

        Assert.Equal("The database lacks the schema of this version.", before.Cause);
    }

    private async Task<string?> CauseAsync() => (await _health.AskAsync().Soon()).Cause;

    private async Task ExecuteAsync(string sql) => await ScalarAsync(sql);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connection) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
