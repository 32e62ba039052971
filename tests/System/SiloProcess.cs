using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>Starts silos, each on ports of its own.</summary>
internal static class SiloProcess
{
    public static Task<ServerProcess> StartEmbeddedAsync(string sqlitePath) => StartAsync($"--Storage:SqlitePath={sqlitePath}");

    public static Task<ServerProcess> StartOnPostgresAsync(string connectionString) => StartAsync($"--ConnectionStrings:Postgres={connectionString}");

    private static Task<ServerProcess> StartAsync(string database) => ServerProcess.StartAsync(
        "Silo",
        database,
        $"--Cluster:SiloPort={LoopbackPort.Free()}",
        $"--Cluster:GatewayPort={LoopbackPort.Free()}",
        "--Cluster:AdvertisedAddress=127.0.0.1");
}
