using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Integration.Storage;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_server_that_was_stopped_like_a_crash_comes_back_with_its_data_on_its_port()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        var database = await server.CreateMigratedDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database));
        var scripts = await CountScriptsAsync(source);

        await server.StopImmediateAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => CountScriptsAsync(source));
        await server.StartAgainAsync();

        Assert.NotEqual(0L, scripts);
        Assert.Equal(scripts, await CountScriptsAsync(source));
    }

    private static async Task<long> CountScriptsAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select count(*) from schemaversions");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
