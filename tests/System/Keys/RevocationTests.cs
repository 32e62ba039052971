using System.Collections.Concurrent;
using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Keys;

/// <summary>How soon a revocation counts on every gateway, and whom nobody lets in while the database is away.</summary>
[Collection("processes")]
public sealed class RevocationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_revoked_key_is_refused_on_every_gateway_within_five_seconds_under_load()
    {
        var server = await PostgresServer.Shared;
        await using var cluster = await StartAsync(server.ConnectionString(await server.CreateDatabaseAsync()), out var admin);
        using var manager = new KeyApi(cluster.Silos[0].Address, admin);
        var (id, key) = await manager.CreateKeyAsync("jobs:read");
        ServerProcess[] gateways = [cluster.Silos[0], cluster.Gateway];
        using var over = new CancellationTokenSource();
        var seen = await Task.WhenAll(gateways.Select(gateway => Load.StartAsync(gateway.Address, key, over.Token)));

        await manager.RevokeAsync(id);
        var revoked = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(seen.Select(load => load.Refused.Soon()));
        await over.CancelAsync();

        foreach (var (load, name) in seen.Zip(["silo", "gateway"]))
        {
            var last = await load.LastGoodAsync() is { } good ? TimeProvider.System.GetElapsedTime(revoked, good) : TimeSpan.Zero;
            output.WriteLine($"{name}: last let in {last.TotalSeconds:F2} s after the revocation, {load.Requests} requests");
            Assert.True(last < Promise, $"{name}: {last}");
        }
    }

    [Fact]
    public async Task With_the_database_away_a_known_key_works_for_its_cached_seconds_and_an_unknown_one_never()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        await using var cluster = await StartAsync(server.ConnectionString(await server.CreateDatabaseAsync()), out var admin);
        using var manager = new KeyApi(cluster.Silos[0].Address, admin);
        var known = (await manager.CreateKeyAsync("jobs:read")).Key;
        using var knows = new KeyApi(cluster.Gateway.Address, known);
        Assert.Equal(HttpStatusCode.OK, await knows.StatusAsync());

        var asked = TimeProvider.System.GetTimestamp();
        await server.StopImmediateAsync();
        var stopped = TimeProvider.System.GetElapsedTime(asked);
        Assert.Equal(HttpStatusCode.OK, await knows.StatusAsync());
        var unknown = await SiloCommand.RunAsync("keys", "generate");
        using var stranger = new KeyApi(cluster.Gateway.Address, unknown.Key());

        var told = await stranger.StatusAsync();
        Assert.True(told == HttpStatusCode.ServiceUnavailable, $"{told} {cluster.Story()}");
        output.WriteLine($"the database was gone after {stopped.TotalSeconds:F2} s; the known key was let in, an unknown one told 503");

        await server.StartAgainAsync();
        await Polling.UntilAsync(
            TimeSpan.FromSeconds(20), async () => await stranger.StatusAsync() == HttpStatusCode.Unauthorized, cluster.Story);
    }

    private static Task<ClusterProcesses> StartAsync(string database, out string admin)
    {
        admin = JobTracker.Keys.ApiKey.New().Text;
        return ClusterProcesses.StartAsync(database, 1, "--Auth:Mode=keys", $"--Auth:BootstrapKey={admin}");
    }

    /// <summary>Somebody who uses a key forty times a second until he is told to stop.</summary>
    private sealed class Load
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<Task> _requests = [];
        private long _lastGood;
        private Task _running = Task.CompletedTask;

        public Task Refused => _refused.Task;

        public int Requests => _requests.Count;

        public static async Task<Load> StartAsync(Uri address, string key, CancellationToken over)
        {
            var load = new Load();
            var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            load._running = load.RunAsync(new KeyApi(address, key), first, over);
            await first.Task.Soon();
            return load;
        }

        /// <summary>When the last answer came that let it in; null: none did.</summary>
        public async Task<long?> LastGoodAsync()
        {
            await _running.Soon();
            return _lastGood == 0 ? null : _lastGood;
        }

        private async Task RunAsync(KeyApi api, TaskCompletionSource first, CancellationToken over)
        {
            using var beats = new PeriodicTimer(Pace, TimeProvider.System);
            while (!over.IsCancellationRequested)
            {
                _requests.Enqueue(AskAsync(api, first));
                await beats.WaitForNextTickAsync(CancellationToken.None);
            }

            await Task.WhenAll(_requests);
            api.Dispose();
        }

        private async Task AskAsync(KeyApi api, TaskCompletionSource first)
        {
            var status = await api.StatusAsync();
            if (status == HttpStatusCode.Unauthorized)
            {
                _refused.TrySetResult();
                return;
            }

            Assert.Equal(HttpStatusCode.OK, status);
            var now = TimeProvider.System.GetTimestamp();
            for (var last = Interlocked.Read(ref _lastGood); last < now; last = Interlocked.Read(ref _lastGood))
                Interlocked.CompareExchange(ref _lastGood, now, last);
            first.TrySetResult();
        }
    }
}
