namespace JobTracker.Tests.Processes;

/// <summary>Silos on one PostgreSQL database, and a gateway in a process of its own.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly List<ServerProcess> _silos = [];
    private ServerProcess? _gateway;

    private ClusterProcesses()
    {
    }

    public IReadOnlyList<ServerProcess> Silos => _silos;

    public ServerProcess Gateway => _gateway ?? throw new InvalidOperationException("The gateway has not started.");

    public static async Task<ClusterProcesses> StartAsync(string connectionString, int silos, params string[] settings)
    {
        var cluster = new ClusterProcesses();
        try
        {
            for (var silo = 0; silo < silos; silo++)
                cluster._silos.Add(await SiloProcess.StartOnPostgresAsync(connectionString, settings));
            cluster._gateway = await ServerProcess.StartAsync(
                "Gateway", [$"--ConnectionStrings:Postgres={connectionString}", .. settings]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What every process printed.</summary>
    public string Story() => string.Join('\n', _silos.Append(Gateway).Select(process => process.Story()));

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }
}
