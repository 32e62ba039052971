using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>Starts silos, each on ports of its own.</summary>
internal static class SiloProcess
{
    public static Task<ServerProcess> StartEmbeddedAsync(string sqlitePath, params string[] settings) =>
        StartAsync($"--Storage:SqlitePath={sqlitePath}", settings);

    public static Task<ServerProcess> StartOnPostgresAsync(string connectionString, params string[] settings) =>
        StartAsync($"--ConnectionStrings:Postgres={connectionString}", settings);

    /// <summary>Without waiting until it is ready.</summary>
    public static ServerProcess LaunchOnPostgres(string connectionString, params string[] settings) =>
        ServerProcess.Launch("Silo", Settings($"--ConnectionStrings:Postgres={connectionString}", settings));

    public static ServerProcess LaunchEmbedded(
        string sqlitePath, IEnumerable<KeyValuePair<string, string?>> environment, params string[] settings) =>
        ServerProcess.Launch("Silo", environment, Settings($"--Storage:SqlitePath={sqlitePath}", settings));

    /// <summary>The demonstration on this file.</summary>
    public static ServerProcess LaunchDemo(string sqlitePath) =>
        ServerProcess.LaunchCommand("Silo", "demo", Settings($"--Storage:SqlitePath={sqlitePath}", []));

    /// <summary>One of another build, from the folder of its project.</summary>
    public static Task<ServerProcess> StartOtherAsync(string project, string connectionString, params string[] settings) =>
        StartAsync($"--ConnectionStrings:Postgres={connectionString}", settings, project);

    private static Task<ServerProcess> StartAsync(string database, string[] settings, string project = "Silo") =>
        ServerProcess.StartAsync(project, Settings(database, settings));

    private static string[] Settings(string database, string[] settings) =>
    [
        database,
        $"--Cluster:SiloPort={LoopbackPort.Free()}",
        $"--Cluster:GatewayPort={LoopbackPort.Free()}",
        "--Cluster:AdvertisedAddress=127.0.0.1",
        .. settings,
    ];
}
