namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>Two silos on one PostgreSQL database, either of which may be killed and comes back.</summary>
internal sealed class LivesCluster : IAsyncDisposable
{
    private const int MostLinesTold = 60;

    private readonly string _database;
    private readonly string[] _settings;
    private readonly ServerProcess[] _silos;

    private LivesCluster(string database, string[] settings, ServerProcess[] silos) =>
        (_database, _settings, _silos) = (database, settings, silos);

    public int Count => _silos.Length;

    public static async Task<LivesCluster> StartAsync(string database, string[] settings)
    {
        var first = await SiloProcess.StartOnPostgresAsync(database, settings);
        try
        {
            return new LivesCluster(database, settings, [first, await SiloProcess.StartOnPostgresAsync(database, settings)]);
        }
        catch
        {
            await first.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that runs, another one with every attempt.</summary>
    public Uri Address(int attempt)
    {
        var running = _silos.Where(silo => silo.IsRunning).ToList();
        return running.Count == 0 ? _silos[0].Address : running[attempt % running.Count].Address;
    }

    /// <summary>kill -9, and a new one in its place. Returns when that is ready.</summary>
    public async Task ReplaceAsync(int silo)
    {
        var killed = _silos[silo];
        await killed.KillAsync();
        _silos[silo] = await SiloProcess.StartOnPostgresAsync(_database, _settings);
        await killed.DisposeAsync();
    }

    /// <summary>What the silos printed last.</summary>
    public string Story() => string.Join('\n', _silos.SelectMany(silo => silo.Story().Split('\n').TakeLast(MostLinesTold)));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }
}
