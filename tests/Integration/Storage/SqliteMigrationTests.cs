using DbUp.Engine;
using JobTracker.Grains.Storage.Migrations;
using Microsoft.Data.Sqlite;

namespace JobTracker.Tests.Integration.Storage;

public sealed class SqliteMigrationTests : MigrationTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-migrations-");

    internal override IReadOnlyList<SqlScript> Scripts => MigrationScripts.Sqlite;

    /// <summary>In a directory that is not there yet, as <c>data/</c> is on a first start.</summary>
    private string DatabasePath => Path.Combine(_folder.FullName, "data", "test.db");

    protected override string Background => "0";

    protected override string Moment => "1";

    public override ValueTask InitializeAsync() => default;

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task The_file_is_left_in_the_durable_write_ahead_mode()
    {
        await Grains.Storage.Migrations.Migrator
            .ForSqlite(DatabasePath, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System)
            .ApplyAsync(Cancellation);

        Assert.Equal(["wal"], await TextsAsync("pragma journal_mode"));
        Assert.Equal(["2"], await TextsAsync("pragma synchronous"));
    }

    internal override MigrationTarget Target() => new SqliteTarget(DatabasePath, TimeProvider.System);

    protected override async Task<IReadOnlyList<string>> JournalAsync() =>
        await TextsAsync("select name from sqlite_master where name = 'schemaversions'") is []
            ? []
            : await TextsAsync("select scriptname from schemaversions order by schemaversionid");

    protected override async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> values = [];
        while (await reader.ReadAsync(Cancellation))
            values.Add(reader.GetString(0));
        return values;
    }
}
