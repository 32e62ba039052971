using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Keys;

/// <summary>The keys' walk in docs/security.md, run as it stands there.</summary>
[Collection("processes")]
public sealed partial class WalkTests : IDisposable
{
    /// <summary>The program as it was built with the tests; without this a command would build it once more.</summary>
    private const string Before = """
        set -euo pipefail
        dotnet() { exec env dotnet "$SILO" "${@:5}"; }
        trap 'kill $(jobs -p)' EXIT

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-walk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_command_of_the_walk_does_what_the_document_says()
    {
        var address = $"http://localhost:{LoopbackPort.Free()}";
        var walk = Section().Match(await File.ReadAllTextAsync(Repository.PathOf("docs", "security.md"))).Value;
        var commands = string.Concat(Block().Matches(walk).Select(block => block.Groups["commands"].Value + "echo; echo ---\n"));
        var (exitCode, output, error) = await RunAsync(
            Before + commands.Replace("http://localhost:8080", address, StringComparison.Ordinal), address);

        Assert.True(exitCode == 0, error + output);
        var steps = output.Split("---\n");
        Assert.Equal("", steps[0].Trim());
        Assert.Contains("\"scopes\":[\"admin\"]", steps[1]);
        Assert.Matches(
            "\"id\":\"acme\"(?s:.)*\"organization_id\":\"acme\"(?s:.)*\"created_by_id\":\"worker-1\"(?s:.)*insufficient_scope", steps[2]);
        Assert.Equal("200\n200\n", steps[3].TrimStart('\n').Replace("\n\n", "\n", StringComparison.Ordinal));
        Assert.EndsWith("401\n401\n", steps[4].TrimEnd('\n') + "\n");
        Assert.DoesNotContain("jtk_", output);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string script, string address)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
            Environment =
            {
                ["SILO"] = ServerProcess.Binary("Silo"),
                ["ASPNETCORE_URLS"] = address,
                ["Cluster__SiloPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
                ["Cluster__GatewayPort"] = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture),
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"^## Keys: a walk$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```bash\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
