using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Processes;

/// <summary>
/// kill -9 of a silo at each point of a callback's way: its receiver is told at least once, and knows a repetition by its webhook-id.
/// </summary>
[Collection("processes")]
public sealed class CallbackCrashTests : IDisposable
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    /// <summary>One attempt at a time; a silo that died with an attempt in hand is taken for dead after two seconds.</summary>
    private static readonly string[] Settings =
    [
        "--Callbacks:AllowedNetworks:0=127.0.0.0/8",
        "--Callbacks:MaxConcurrency=1",
        "--Callbacks:MaxConcurrencyPerHost=1",
        "--Callbacks:Timeout=00:00:01",
        "--Callbacks:Schedule:0=00:00:00",
        "--Callbacks:Schedule:1=00:00:00.5",
        "--Callbacks:Schedule:2=00:00:00.5",
        "--Callbacks:Schedule:3=00:00:00.5",
        "--Callbacks:Schedule:4=00:00:00.5",
        "--Sweeper:Interval=00:00:00.2",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-callbacks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_between_the_commit_and_the_POST_it_tells_after_its_return()
    {
        await using var held = await TestReceiver.StartAsync();
        await using var receiver = await TestReceiver.StartAsync();
        held.Answer = _ => TestAnswer.Hang;
        string id;
        await using (var first = await StartEmbeddedAsync("--Callbacks:Timeout=00:00:08"))
        {
            await CompleteAsync(first, held); // takes the only place
            await held.NextAsync();
            id = await CompleteAsync(first, receiver);
            await first.KillAsync();
        }

        Assert.Equal(0, receiver.Count);
        held.Answer = _ => TestAnswer.Status(204);
        await using var second = await StartEmbeddedAsync();
        await AssertToldAsync(second, receiver, id);
    }

    [Fact]
    public async Task Killed_during_the_POST_it_tells_again_under_the_same_id()
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = _ => TestAnswer.Hang;
        ReceivedRequest torn;
        string id;
        await using (var first = await StartEmbeddedAsync())
        {
            id = await CompleteAsync(first, receiver);
            torn = await receiver.NextAsync();
            await first.KillAsync();
        }

        receiver.Answer = _ => TestAnswer.Status(204);
        await using var second = await StartEmbeddedAsync();
        AssertRepeats(torn, await AssertToldAsync(second, receiver, id));
    }

    [Fact]
    public async Task Killed_before_the_result_is_stored_it_tells_again_under_the_same_id()
    {
        var server = await PostgresServer.Shared;
        var database = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        await using var outside = NpgsqlDataSource.Create(database);
        await using var receiver = await TestReceiver.StartAsync();
        var gate = new TaskCompletionSource();
        receiver.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        ReceivedRequest told;
        string id;
        await using (var first = await SiloProcess.StartOnPostgresAsync(database, Settings))
        {
            id = await CompleteAsync(first, receiver);
            told = await receiver.NextAsync();
            await using var locking = await outside.OpenConnectionAsync();
            await using var transaction = await locking.BeginTransactionAsync();
            await ExecuteAsync(locking, "lock table jobs in share mode");
            gate.SetResult();
            await Polling.UntilAsync(Recovery, () => WaitsForTheLockAsync(outside), first.Story);
            await first.KillAsync();
            // The server would still carry out what the dead silo asked for.
            await using var ending = await outside.OpenConnectionAsync();
            await ExecuteAsync(ending,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            await transaction.RollbackAsync();
        }

        await using var second = await SiloProcess.StartOnPostgresAsync(database, Settings);
        AssertRepeats(told, await AssertToldAsync(second, receiver, id));
    }

    private Task<ServerProcess> StartEmbeddedAsync(params string[] settings) =>
        SiloProcess.StartEmbeddedAsync(Path.Combine(_folder.FullName, "jobs.db"), [.. Settings, .. settings]);

    /// <summary>Returns once the end is acknowledged, and so committed.</summary>
    private static async Task<string> CompleteAsync(ServerProcess silo, TestReceiver receiver)
    {
        var job = await silo.Api.CreateRunningAsync(receiver.Url());
        return (await silo.Api.MoveAsync(job.Id, "completed")).Id;
    }

    private static async Task<ReceivedRequest> AssertToldAsync(ServerProcess silo, TestReceiver receiver, string id)
    {
        await Polling.UntilAsync(Recovery, async () => (await silo.Api.ReadCallbackAsync(id)).DeliveredAt is not null, silo.Story);
        var request = await receiver.NextAsync();
        Assert.Equal($"msg_{id}_completed", request.Id);
        Assert.True(request.IsSignedWith(await silo.Api.CallbackSecretAsync(), TimeProvider.System.GetUtcNow()));
        var callback = await silo.Api.ReadCallbackAsync(id);
        Assert.Equal((1, null), (callback.Attempts, callback.NextAttemptAt));
        return request;
    }

    private static void AssertRepeats(ReceivedRequest first, ReceivedRequest again) =>
        Assert.Equal((first.Id, first.Text), (again.Id, again.Text));

    private static async Task<bool> WaitsForTheLockAsync(NpgsqlDataSource outside)
    {
        await using var command = outside.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        return (long)(await command.ExecuteScalarAsync())! > 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
