using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace JobTracker.Tests.Support;

/// <summary>
/// A PgBouncer before a server, which lends a session for one transaction and is told nothing else that is not needed to find the server.
/// </summary>
internal sealed class PoolerProcess : IAsyncDisposable
{
    private readonly Process _shell;
    private readonly int _port;

    private PoolerProcess(Process shell, int port) => (_shell, _port) = (shell, port);

    /// <summary>Debian's own, which knows no prepared statements.</summary>
    public const string Old = "pgbouncer";

    /// <summary>One that does (1.21 and later): tests/pgbouncer.sh builds it.</summary>
    public static string New { get; } = Repository.PathOf("artifacts", "tools", "pgbouncer");

    /// <param name="server">The server; its users are let through as they come.</param>
    /// <param name="program">Which pooler.</param>
    /// <param name="users">Who may come.</param>
    public static async Task<PoolerProcess> StartAsync(PostgresServer server, string program = Old, params string[] users)
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-pooler-").FullName;
        var port = LoopbackPort.Free();
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));
        await File.WriteAllLinesAsync($"{folder}/users.txt", users.Append(address.Username).Select(user => $"\"{user}\" \"\""));
        await File.WriteAllTextAsync($"{folder}/pooler.ini", string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={address.Host} port={address.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users.txt
            pool_mode = transaction
            """));
        var pooler = new PoolerProcess(await ShellAsync(program, folder), port);
        await Until.TrueAsync(pooler.AnswersAsync);
        return pooler;
    }

    /// <summary>The way to a database that leads through it.</summary>
    public string Through(string address) =>
        new NpgsqlConnectionStringBuilder(address) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    /// <summary>A shell that ends the pooler when we close its input, or are killed. PgBouncer refuses to run as root.</summary>
    private static async Task<Process> ShellAsync(string program, string folder)
    {
        const string Script = """
            exec >/dev/null 2>&1
            trap '' INT HUP TERM
            # Where it was built its user may not come.
            case "$2" in */*) cp "$2" "$1/program"; set -- "$1" "$1/program" ;; esac
            if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$2" "$1/pooler.ini" &
            else "$2" "$1/pooler.ini" &
            fi
            read -r _
            kill -9 $!
            rm -rf "$1"
            """;
        if (Environment.IsPrivilegedProcess)
            await ProcessRun.OutputAsync("chown", "-R", "postgres", folder);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "pooler-watchdog", folder, program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            Environment = { ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin" },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The pooler's shell did not start.");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
