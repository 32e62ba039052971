using System.Diagnostics;
using System.Globalization;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Http;

/// <summary>One contender: a server in a process of its own, with a database of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private readonly string _readyPath;

    private ServerProcess(string name, int port, string readyPath, params string[] arguments)
    {
        Name = name;
        Port = port;
        _readyPath = readyPath;
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        // The same runtime for both, whatever their projects say.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public string Name { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <param name="settings">As on a command line: <c>--Section:Key=value</c>.</param>
    public static Task<ServerProcess> StartSiloAsync(string connectionString, params string[] settings)
    {
        var port = LoopbackPort.Free();
        var silo = BuiltBeside("JobTracker.Silo.dll", "Silo");
        return ReadyAsync(
            new("jobtracker", port, "/healthz/ready", [silo, "--urls", Url(port), $"--ConnectionStrings:Postgres={connectionString}",
            $"--Cluster:SiloPort={LoopbackPort.Free()}", $"--Cluster:GatewayPort={LoopbackPort.Free()}",
            "--Cluster:AdvertisedAddress=127.0.0.1",
            "--Logging:LogLevel:Default=Warning", .. settings]));
    }

    /// <summary>The provider stand-in; batches take so long there.</summary>
    public static Task<ServerProcess> StartStandInAsync(int secondsToFinish)
    {
        var port = LoopbackPort.Free();
        var standIn = BuiltBeside("JobTracker.Tests.ProviderStandIn.dll", "tests", "Support", "ProviderStandIn");
        return ReadyAsync(new("stand-in", port, "/_standin/batches", standIn,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--seconds-to-finish", secondsToFinish.ToString(
                CultureInfo.InvariantCulture)));
    }

    public static Task<ServerProcess> StartCrudAsync(string connectionString)
    {
        var port = LoopbackPort.Free();
        return ReadyAsync(
            new("crud", port, "/v1/jobs?limit=1", typeof(ServerProcess).Assembly.Location, "serve-crud", connectionString, Url(port)));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    public static string Url(int port) => FormattableString.Invariant($"http://127.0.0.1:{port}");

    /// <summary>
    /// The bench's own output folder ends in its configuration and framework; what it starts was built beside it in the same.
    /// </summary>
    private static string BuiltBeside(string assembly, params string[] project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.PathOf([.. project, "bin", framework.Parent!.Name, framework.Name, assembly]);
    }

    private static async Task<ServerProcess> ReadyAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < LongestStart && !server._process.HasExited;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url(server.Port) + server._readyPath));
                if (answer.IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
        }

        server.Dispose();
        throw new InvalidOperationException($"{server.Name} does not answer.");
    }
}
