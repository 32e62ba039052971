using System.Globalization;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Tests.Processes.Faults;

/// <summary>
/// Silos that serve HTTP, each with a way of its own to a private PostgreSQL, and a supervisor that starts anew whichever has ended.
/// </summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    private const int MostLinesTold = 40;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Settings =
    [
        // Of a cluster that is broken all the time, what the product says is of interest.
        "--Logging:LogLevel:Orleans=None",
        "--Callbacks:AllowedNetworks:0=127.0.0.0/8",
        "--Callbacks:Timeout=00:00:02",
        "--Callbacks:Schedule:0=00:00:00",
        .. Enumerable.Range(1, 20)
        .Select(attempt => string.Create(CultureInfo.InvariantCulture, $"--Callbacks:Schedule:{attempt}=00:00:01")),
    ];

    private readonly PostgresServer _postgres;
    private readonly string _database;
    private readonly TcpProxy[] _ways;
    private readonly ServerProcess?[] _silos;
    private readonly SemaphoreSlim[] _busy;
    private readonly CancellationTokenSource _over = new();
    private Task _supervising = Task.CompletedTask;

    private FaultCluster(PostgresServer postgres, string database, int silos)
    {
        (_postgres, _database) = (postgres, database);
        var port = new NpgsqlConnectionStringBuilder(postgres.ConnectionString(database)).Port;
        _ways = [.. Enumerable.Range(0, silos).Select(_ => TcpProxy.To(port))];
        _silos = new ServerProcess?[silos];
        _busy = [.. Enumerable.Range(0, silos).Select(_ => new SemaphoreSlim(1))];
    }

    public static async Task<FaultCluster> StartAsync(int silos)
    {
        var postgres = await PostgresServer.StartPrivateAsync();
        var cluster = new FaultCluster(postgres, await postgres.CreateMigratedDatabaseAsync(), silos);
        try
        {
            for (var silo = 0; silo < silos; silo++)
                await cluster.StartSiloAsync(silo);
            cluster._supervising = cluster.SuperviseAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that runs, another with every request.</summary>
    public Uri Address(int request)
    {
        var running = _silos.OfType<ServerProcess>().Where(silo => silo.IsRunning).ToList();
        return running.Count == 0 ? new Uri("http://127.0.0.1:1") : running[request % running.Count].Address;
    }

    public async Task BreakAsync(Fault fault, CancellationToken over)
    {
        var way = _ways[fault.Silo];
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await OnSiloAsync(fault.Silo, silo => silo.KillAsync());
                break;
            case FaultKind.Stop:
                await OnSiloAsync(fault.Silo, silo => silo.StopAsync());
                break;
            case FaultKind.Freeze:
                await OnSiloAsync(fault.Silo, silo => FreezeAsync(silo, fault.For, over));
                break;
            case FaultKind.CutFromDatabase:
                way.Cut();
                await PauseAsync(fault.For, over);
                way.Mend();
                break;
            case FaultKind.HangFromDatabase:
                way.Hang();
                await PauseAsync(fault.For, over);
                way.Mend();
                break;
            case FaultKind.TerminateConnections:
                await TerminateConnectionsAsync();
                break;
            case FaultKind.RestartDatabase:
                await _postgres.StopImmediateAsync();
                await PauseAsync(fault.For, over);
                await _postgres.StartAgainAsync();
                break;
        }
    }

    /// <summary>Waits until every silo is there and serves.</summary>
    public Task RestAsync(TimeSpan patience) => Polling.UntilAsync(
        patience,
        async () => (await Task.WhenAll(_silos.Select(silo => silo?.Api.IsReadyAsync() ?? Task.FromResult(false)))).All(ready => ready),
        Story);

    /// <summary>What the silos printed last.</summary>
    public string Story() => string.Join(
        '\n', _silos.OfType<ServerProcess>().SelectMany(silo => silo.Story().Split('\n').TakeLast(MostLinesTold)));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _supervising;
        foreach (var silo in _silos.OfType<ServerProcess>())
            await silo.DisposeAsync();
        foreach (var way in _ways)
            await way.DisposeAsync();
        await _postgres.DisposeAsync();
        _over.Dispose();
    }

    private async Task StartSiloAsync(int number)
    {
        var address = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString(_database)) { Port = _ways[number].Port };
        var before = _silos[number];
        _silos[number] = await SiloProcess.StartOnPostgresAsync(address.ConnectionString, Settings);
        if (before is not null)
            await before.DisposeAsync();
    }

    private async Task OnSiloAsync(int number, Func<ServerProcess, Task> work)
    {
        await _busy[number].WaitAsync();
        try
        {
            if (_silos[number] is { IsRunning: true } silo)
                await work(silo);
        }
        finally
        {
            _busy[number].Release();
        }
    }

    private static async Task FreezeAsync(ServerProcess silo, TimeSpan span, CancellationToken over)
    {
        await silo.SignalAsync("STOP");
        await PauseAsync(span, over);
        await silo.SignalAsync("CONT");
    }

    private async Task TerminateConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", connection)
        { Parameters = { new() { Value = _database } } };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As an orchestrator does, also where a silo has ended by itself; one that does not come up is tried again.</summary>
    private async Task SuperviseAsync()
    {
        using var looks = new PeriodicTimer(Look, TimeProvider.System);
        try
        {
            while (await looks.WaitForNextTickAsync(_over.Token))
                await Task.WhenAll(Enumerable.Range(0, _silos.Length).Select(StartAgainAsync));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task StartAgainAsync(int number)
    {
        if (_silos[number] is { IsRunning: true } || !await _busy[number].WaitAsync(TimeSpan.Zero))
            return;
        try
        {
            await StartSiloAsync(number);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            // Its database may be away: the next look tries again.
        }
        finally
        {
            _busy[number].Release();
        }
    }

    private static Task PauseAsync(TimeSpan pause, CancellationToken over) =>
        Task.Delay(pause, TimeProvider.System, over).ContinueWith(_ => { }, TaskScheduler.Default);
}
