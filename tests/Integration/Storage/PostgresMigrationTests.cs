using DbUp.Engine;
using JobTracker.Grains.Storage.Migrations;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresMigrationTests : MigrationTests
{
    private string _connectionString = "";

    internal override IReadOnlyList<SqlScript> Scripts => MigrationScripts.PostgreSql;

    protected override string Background => "false";

    protected override string Moment => "now()";

    public override async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.Shared;
        _connectionString = server.ConnectionString(await server.CreateDatabaseAsync());
    }

    public override ValueTask DisposeAsync() => default;

    internal override MigrationTarget Target() => new PostgresTarget(_connectionString, TimeProvider.System);

    protected override async Task<IReadOnlyList<string>> JournalAsync() =>
        await TextsAsync("select 'there' where to_regclass('schemaversions') is not null") is []
            ? []
            : await TextsAsync("select scriptname::text from schemaversions order by schemaversionsid");

    protected override async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> texts = [];
        while (await reader.ReadAsync(Cancellation))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
