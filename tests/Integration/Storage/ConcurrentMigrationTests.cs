using JobTracker.Grains.Storage.Migrations;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Indexes on tables that may be large, in a database on which silos of before are at work.</summary>
public sealed class ConcurrentMigrationTests : IAsyncLifetime
{
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.Shared;
        _address = server.ConnectionString(await server.CreateDatabaseAsync());
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>A transaction that stays open while an index is built holds up the build, and nobody else.</summary>
    [Theory]
    [InlineData("0004_due_jobs.sql", "jobs", "update jobs set version = version")]
    [InlineData("0006_ended_batches.sql", "batches", "update batches set version = version")]
    [InlineData("0007_unresolved_creates.sql", "batches", "set transaction isolation level repeatable read; select 1 from jobs")]
    public async Task While_an_index_is_built_rows_are_written(string script, string table, string opening)
    {
        await MigrateAsync(BeforeScript(script));
        await using var open = new NpgsqlConnection(_address);
        await open.OpenAsync();
        await using var transaction = await open.BeginTransactionAsync();
        await RunAsync(open, opening);

        var migrating = MigrateAsync(MigrationScripts.PostgreSql.Count);
        await UntilBuildingAsync();
        await RunAsync($"set lock_timeout = '5s'; update {table} set version = version; delete from {table}");
        await transaction.CommitAsync();

        await migrating.Soon();
        Assert.Equal(MigrationScripts.PostgreSql.Select(scripts => scripts.Name), await TextsAsync(
            "select scriptname::text from schemaversions order by schemaversionsid"));
    }

    [Fact]
    public async Task What_a_build_that_was_cut_off_left_behind_is_built_again()
    {
        await MigrateAsync(BeforeScript("0004_due_jobs.sql"));
        await using (var open = new NpgsqlConnection(_address))
        {
            await open.OpenAsync();
            await using var transaction = await open.BeginTransactionAsync();
            await RunAsync(open, "update jobs set version = version");
            using var stopping = new CancellationTokenSource();
            var migrating = MigrateAsync(MigrationScripts.PostgreSql.Count, stopping.Token);
            await UntilBuildingAsync();
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => migrating);
        }

        Assert.Equal(["jobs_by_due_at_and_id"], await TextsAsync(Invalid));
        await MigrateAsync(MigrationScripts.PostgreSql.Count);

        Assert.Empty(await TextsAsync(Invalid));
        Assert.Contains(
            "(due_at, id)", Assert.Single(await TextsAsync("select indexdef from pg_indexes where indexname = 'jobs_by_due_at'")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_that_is_building_is_waited_for_until_it_lives_no_more()
    {
        await MigrateAsync(BeforeScript("0004_due_jobs.sql"));
        await RunAsync("""
            insert into migration_leases (script, holder, until)
            values ('0004_due_jobs.sql', gen_random_uuid(), now() + interval '1500 milliseconds')
            """);

        await MigrateAsync(MigrationScripts.PostgreSql.Count);

        Assert.Equal(["true"], await TextsAsync("select (min(applied) > now() - interval '1 minute')::text from schemaversions"));
        Assert.Empty(await TextsAsync("select script from migration_leases"));
    }

    [Fact]
    public async Task Scripts_that_keep_nobody_out_come_to_the_same_schema()
    {
        var server = await PostgresServer.Shared;
        var other = server.ConnectionString(await server.CreateDatabaseAsync());
        await new Migrator(new PostgresTarget(other, TimeProvider.System), MigrationScripts.Transactional, NullLogger.Instance)
            .ApplyAsync(default);
        await MigrateAsync(MigrationScripts.PostgreSql.Count);

        foreach (var schema in (string[])["select indexdef from pg_indexes where schemaname = 'public' order by 1", """
            select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
            from information_schema.columns where table_schema = 'public' order by 1
            """])
            Assert.Equal(await TextsAsync(schema, other), await TextsAsync(schema));
        Assert.Equal(
            MigrationScripts.Transactional.Select(script => script.Name), MigrationScripts.PostgreSql.Select(script => script.Name));
    }

    private const string Invalid = """
        select relname::text from pg_index join pg_class on pg_class.oid = indexrelid where not indisvalid
        """;

    private static int BeforeScript(string name) =>
        MigrationScripts.PostgreSql.TakeWhile(script => script.Name != name).Count();

    private Task MigrateAsync(int scripts, CancellationToken cancellation = default) => new Migrator(
        new PostgresTarget(_address, TimeProvider.System), [.. MigrationScripts.PostgreSql.Take(scripts)], NullLogger.Instance)
        .ApplyAsync(cancellation);

    private Task UntilBuildingAsync() => Until.TrueAsync(async () => (await TextsAsync(
        "select phase from pg_stat_progress_create_index where datname = current_database()")).Count > 0);

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_address);
        await connection.OpenAsync();
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> TextsAsync(string sql, string? address = null)
    {
        await using var connection = new NpgsqlConnection(address ?? _address);
        await connection.OpenAsync();
        return [.. (await JobDatabase.QueryAsync(connection, sql)).Select(row => (string)row[0])];
    }
}
