using DbUp.Engine;
using JobTracker.Grains.Storage.Migrations;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresMigrationTests : MigrationTests
{
    private string _connectionString = "";

    internal override IReadOnlyList<SqlScript> Scripts => MigrationScripts.PostgreSql;

    public override async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.Shared;
        _connectionString = server.ConnectionString(await server.CreateDatabaseAsync());
    }

    public override ValueTask DisposeAsync() => default;

    internal override MigrationTarget Target() => new PostgresTarget(_connectionString);

    protected override async Task<IReadOnlyList<string>> JournalAsync()
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var exists = source.CreateCommand("select to_regclass('schemaversions') is not null");
        if (await exists.ExecuteScalarAsync(Cancellation) is false) return [];
        await using var command = source.CreateCommand("select array_agg(scriptname::text order by schemaversionsid) from schemaversions");
        return (string[])(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
