using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Processes;

/// <summary>A silo whose role owns a schema and nothing else, behind a pooler that lends a session for one transaction.</summary>
public sealed class PoolerTests
{
    /// <summary>The poolers that are here, with their settings as they come; one that knows prepared statements is told of, too.</summary>
    public static TheoryData<string, string> Poolers
    {
        get
        {
            var poolers = new TheoryData<string, string> { { PoolerProcess.Old, "" } };
            if (File.Exists(PoolerProcess.New))
            {
                poolers.Add(PoolerProcess.New, "");
                poolers.Add(PoolerProcess.New, "Max Auto Prepare=64");
            }
            return poolers;
        }
    }

    [Theory]
    [MemberData(nameof(Poolers))]
    public async Task A_plain_role_with_a_schema_behind_a_transaction_pooler_is_enough_for_a_silo(string program, string settings)
    {
        const string Role = "tracker";
        var server = await PostgresServer.StartPrivateAsync();
        await using var ending = server;
        await using var pooler = await PoolerProcess.StartAsync(server, program, Role);
        var address = server.ConnectionString(await server.CreateDatabaseAsync());
        foreach (var sql in (string[])[$"create role {Role} login", $"create schema {Role} authorization {Role}",
            $"alter role {Role} set synchronous_commit = off"])
            await QueryAsync(address, sql);
        var through = $"{new NpgsqlConnectionStringBuilder(pooler.Through(address)) { Username = Role }.ConnectionString};{settings}";

        await using var silo = await SiloProcess.StartOnPostgresAsync(through, "--Auth:Mode=none");
        var job = await silo.Api.CreateAsync();
        await silo.Api.MoveAsync(job.Id, "running");
        await silo.Api.MoveAsync(job.Id, "completed");
        var made = new List<string> { job.Id };
        for (var i = 0; i < 40; i++)
            made.Add((await silo.Api.CreateAsync()).Id);

        Assert.Equal(made.Order(), (await silo.Api.ListAsync()).Select(listed => listed.Id).Order());
        Assert.Equal("completed", (await silo.Api.ReadAsync(job.Id)).Status);
        Assert.Equal([41L], await QueryAsync(address, $"select count(*) from {Role}.jobs"));
        Assert.Equal([0L], await QueryAsync(address, "select count(*) from pg_tables where schemaname = 'public'"));
        Assert.Empty(silo.Complaints);
    }

    private static async Task<List<object>> QueryAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<object> values = [];
        while (await reader.ReadAsync())
            values.Add(reader.GetValue(0));
        return values;
    }
}
