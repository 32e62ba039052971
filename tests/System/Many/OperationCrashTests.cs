using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Processes.Many;

/// <summary>kill -9 of the silo that runs an operation, between what it did to a step's jobs and what it stored of it.</summary>
[Collection("processes")]
public sealed class OperationCrashTests
{
    private const int Jobs = 250;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);
    private static readonly string[] Settings = ["--Operations:LookInterval=00:00:00.2"];

    [Theory]
    [InlineData("cancel")]
    [InlineData("delete")]
    public async Task It_goes_on_at_the_next_silo_and_does_and_counts_nothing_twice(string action)
    {
        var server = await PostgresServer.Shared;
        var database = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        await using var outside = NpgsqlDataSource.Create(database);
        string path;
        await using (var first = await SiloProcess.StartOnPostgresAsync(database, Settings))
        {
            await SendAsync(first, "/v1/jobs/bulk", new { jobs = Enumerable.Repeat(new { job_type = "run" }, Jobs) });
            await using var locking = await outside.OpenConnectionAsync();
            await using var transaction = await locking.BeginTransactionAsync();
            var operation = await SendAsync(
                first, "/v1/operations", new { action, filter = new { job_type = "run" }, max_per_second = 100 });
            path = $"/v1/operations/{operation.GetProperty("id").GetString()}";
            await Polling.UntilAsync(Recovery, async () => Number(await ReadAsync(first, path), "matched") >= 100, first.Story);
            await ExecuteAsync(locking, "lock table operations in share mode");
            await Polling.UntilAsync(Recovery, () => WaitsForTheLockAsync(outside), first.Story);
            await first.KillAsync();
            // The server would still carry out what the dead silo asked for.
            await using var ending = await outside.OpenConnectionAsync();
            await ExecuteAsync(ending,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            await transaction.RollbackAsync();
        }

        await using var second = await SiloProcess.StartOnPostgresAsync(database, Settings);
        await Polling.UntilAsync(
            Recovery, async () => (await ReadAsync(second, path)).GetProperty("status").GetString() == "completed", second.Story);
        var ended = await ReadAsync(second, path);
        Assert.Equal((Jobs, Jobs, 0), (Number(ended, "matched"), Number(ended, "succeeded"), Number(ended, "failed")));
        Assert.Equal("{}", ended.GetProperty("skipped").GetRawText());
        var jobs = await second.Api.ListAsync();
        Assert.Equal(action == "cancel" ? Jobs : 0, jobs.Count);
        Assert.Equal(
            action == "cancel" ? $"{Jobs} cancelled 2" : "0",
            await ScalarAsync(outside, "select concat_ws(' ', count(*), min(status), max(version)) from jobs"));
    }

    private static int Number(JsonElement operation, string field) => operation.GetProperty(field).GetInt32();

    private static async Task<JsonElement> SendAsync(ServerProcess silo, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = silo.Api.Address };
        using var answer = await http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> ReadAsync(ServerProcess silo, string path)
    {
        using var answer = await silo.Api.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<bool> WaitsForTheLockAsync(NpgsqlDataSource outside) => await ScalarAsync(
        outside, "select count(*)::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") != "0";

    private static async Task<string> ScalarAsync(NpgsqlDataSource outside, string sql)
    {
        await using var command = outside.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
