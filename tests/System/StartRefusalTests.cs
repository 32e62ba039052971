using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>What a process that was told nonsense says, in one line, before it ends.</summary>
[Collection("processes")]
public sealed class StartRefusalTests : IDisposable
{
    private const string Postgres = "--ConnectionStrings:Postgres=Host=127.0.0.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-refused-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Silo", "--Limits:Wiat=00:00:05", "Limits:Wiat is no setting; the nearest is Limits:Wait.")]
    [InlineData("Silo", "--ConnectionStrings:Postgers=Host=x",
        "ConnectionStrings:Postgers is no setting; the nearest is ConnectionStrings:Postgres.")]
    [InlineData("Silo", "--Limtis:Wait=00:00:05", "Limtis:Wait is no setting; the nearest is Limits:Wait.")]
    [InlineData("Silo", "--SqlitePath=x", "SqlitePath is no setting; the nearest is Storage:SqlitePath.")]
    [InlineData("Silo", "--Cluster:SiloPort=99999", "Cluster:SiloPort is 99999; it must be between 1 and 65535.")]
    [InlineData("Silo", "--Cluster:SiloPort=many", "Cluster:SiloPort is 'many'; it must be a whole number.")]
    [InlineData("Silo", "--Gateway:Enabled=perhaps", "Gateway:Enabled is 'perhaps'; it must be true or false.")]
    [InlineData("Silo", "--urls=nonsense", "urls: 'nonsense' is no address such as http://localhost:8080.")]
    [InlineData("Silo", "bakcup", "'bakcup' is no command; the nearest is 'backup'.")]
    [InlineData("Gateway", "--Batches:Providers:main:ApiKye=x",
        "Batches:Providers:main:ApiKye is no setting; the nearest is Batches:Providers:main:ApiKey.")]
    public async Task Nonsense_ends_the_process_with_one_line_and_exit_code_1(string project, string word, string line)
    {
        var told = await RunAsync(
            project, [word, word.Contains("Postgers", StringComparison.Ordinal) ? $"--Storage:SqlitePath={Database}" : Postgres]);

        Assert.Equal((line, 1), told);
    }

    [Theory]
    [InlineData("Silo", "nonsense",
        "ConnectionStrings:Postgres is no connection string such as Host=localhost;Database=jobtracker (it is not shown here).")]
    [InlineData("Silo", "Database=jobtracker", "ConnectionStrings:Postgres names no Host.")]
    [InlineData("Silo", "Host=x;Prot=5432", "ConnectionStrings:Postgres cannot be used: Couldn't set prot (Parameter 'prot')")]
    [InlineData("Gateway", "Password=secret", "ConnectionStrings:Postgres names no Host.")]
    public async Task A_connection_string_that_is_none_is_named_and_not_shown(string project, string text, string line) =>
        Assert.Equal((line, 1), await RunAsync(project, [$"--ConnectionStrings:Postgres={text}"]));

    [Fact]
    public async Task A_key_of_the_environment_and_one_of_a_file_are_checked_too()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), """{ "Storage": { "QueueTiem": "00:00:05" } }""");

        Assert.Equal(
            ("Storage:QueueTiem is no setting; the nearest is Storage:QueueTime.", 1), await RunAsync("Silo", [], _folder.FullName));
        Assert.Equal(
            ("Retention:Compelted is no setting; the nearest is Retention:Completed.", 1),
            await RunAsync("Silo", [], environment: ("Retention__Compelted", "1.00:00:00")));
    }

    [Fact]
    public async Task A_file_of_settings_that_is_no_JSON_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), """{ "Storage": """);

        var (line, code) = await RunAsync("Silo", [], _folder.FullName);

        Assert.Equal(1, code);
        Assert.StartsWith($"Failed to load configuration from file '{_folder.FullName}/appsettings.json'.", line);
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [InlineData("Cluster:SiloPort", "Cluster:SiloPort: 127.0.0.1:{0} cannot be listened on: Address already in use.")]
    [InlineData("Cluster:GatewayPort", "Cluster:GatewayPort: 127.0.0.1:{0} cannot be listened on: Address already in use.")]
    [InlineData("urls", "urls: Failed to bind to address http://127.0.0.1:{0}: address already in use.")]
    public async Task A_port_that_another_program_has_is_told_with_its_setting(string setting, string line)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (told, code) = await RunAsync("Silo", [
            $"--Storage:SqlitePath={Database}", $"--Cluster:SiloPort={LoopbackPort.Free()}", $"--Cluster:GatewayPort={LoopbackPort.Free()}",
            $"--urls=http://127.0.0.1:{LoopbackPort.Free()}", $"--{setting}={(setting == "urls" ? "http://127.0.0.1:" : "")}{port}"]);

        // It has migrated the new file by then, and says so.
        Assert.Equal((string.Format(null, line, port), 1), (told.Split('\n')[^1], code));
        Assert.DoesNotContain("fail: ", told);
    }

    private string Database => Path.Combine(_folder.FullName, "jobs.db");

    /// <summary>All that it prints, wherever.</summary>
    private static async Task<(string Told, int Code)> RunAsync(
        string project, string[] arguments, string? folder = null, (string Name, string Value)? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [ServerProcess.Binary(project), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        if (environment is var (name, value))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Soon();
        return (((await output) + (await error)).Trim(), process.ExitCode);
    }
}
