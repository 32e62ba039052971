using System.Diagnostics;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Http;

/// <summary>One contender: a server in a process of its own, with a database of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(string name, int port, params string[] arguments)
    {
        Name = name;
        Port = port;
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        // The same runtime for both, whatever their projects say.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
    }

    public string Name { get; }

    public int Port { get; }

    public static Task<ServerProcess> StartSiloAsync(string connectionString)
    {
        var port = LoopbackPort.Free();
        // The bench's own output folder ends in its configuration and framework; the silo was built beside it in the same.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var silo = Repository.PathOf("Silo", "bin", framework.Parent!.Name, framework.Name, "JobTracker.Silo.dll");
        return ReadyAsync(new("jobtracker", port, silo, "--urls", Url(port), $"--ConnectionStrings:Postgres={connectionString}",
            $"--Cluster:SiloPort={LoopbackPort.Free()}", $"--Cluster:GatewayPort={LoopbackPort.Free()}", "--Cluster:AdvertisedAddress=127.0.0.1",
            "--Logging:LogLevel:Default=Warning"));
    }

    public static Task<ServerProcess> StartCrudAsync(string connectionString)
    {
        var port = LoopbackPort.Free();
        return ReadyAsync(new("crud", port, typeof(ServerProcess).Assembly.Location, "serve-crud", connectionString, Url(port)));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Url(int port) => FormattableString.Invariant($"http://127.0.0.1:{port}");

    private static async Task<ServerProcess> ReadyAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        var clock = TimeProvider.System;
        for (var start = clock.GetTimestamp(); clock.GetElapsedTime(start) < LongestStart && !server._process.HasExited;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Url(server.Port)}/v1/jobs?limit=1"));
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
