using System.Diagnostics;
using System.Globalization;

namespace JobTracker.Tests.Support;

/// <summary>The data directory and the processes of one private PostgreSQL server.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly string _binaries;
    private readonly string _data;
    private readonly Process _watchdog;

    private PostgresProcess(string binaries, string data, int port)
    {
        _binaries = binaries;
        _data = data;
        Port = port;
        _watchdog = StartWatchdog();
    }

    public int Port { get; }

    public static async Task<PostgresProcess> StartNewAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = await CreateAsync(LoopbackPort.Free());
            try
            {
                await server.InitializeAsync();
                await server.StartAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                // Somebody took the port between our look and the server's.
                await server.DisposeAsync();
            }
        }
    }

    public Task StartAsync() =>
        AsPostgresAsync($"{_binaries}/pg_ctl", "start", "-D", _data, "-l", $"{_data}/server.log", "-w", "-t", "60", "-s");

    public Task StopImmediateAsync() => AsPostgresAsync($"{_binaries}/pg_ctl", "stop", "-D", _data, "-m", "immediate", "-w", "-s");

    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync();
        _watchdog.Dispose();
    }

    private static async Task<PostgresProcess> CreateAsync(int port)
    {
        var binaries = await PostgresBinaries.FindAsync();
        var data = Directory.CreateTempSubdirectory("jobtracker-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            await ProcessRun.OutputAsync("chown", "postgres", data);
        return new PostgresProcess(binaries, data, port);
    }

    private async Task InitializeAsync()
    {
        await AsPostgresAsync($"{_binaries}/initdb", "-D", _data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await File.AppendAllTextAsync($"{_data}/postgresql.conf", string.Create(CultureInfo.InvariantCulture, $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = ''
            max_connections = 200

            """));
    }

    /// <summary>
    /// A shell that reads a pipe of which we hold the other end: when we close it, or are killed, it stops the server and deletes the data.
    /// </summary>
    private Process StartWatchdog()
    {
        const string Script = """
            exec >/dev/null 2>&1
            trap '' INT HUP TERM
            read -r _
            owner=$(stat -c %U "$2")
            if [ "$(id -u)" = 0 ]; then runuser -u "$owner" -- "$1/pg_ctl" stop -D "$2" -m immediate -s
            else "$1/pg_ctl" stop -D "$2" -m immediate -s
            fi
            until rm -rf "$2"; do sleep 1; done
            """;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "postgres-watchdog", _binaries, _data])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The watchdog of the test server did not start.");
    }

    /// <summary>PostgreSQL refuses to run as root, as test containers often do.</summary>
    private static Task<string> AsPostgresAsync(string file, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ProcessRun.OutputAsync("runuser", ["-u", "postgres", "--", file, .. arguments])
        : ProcessRun.OutputAsync(file, arguments);
}
