using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Many;

/// <summary>The walk in docs/many-jobs.md, run as it stands there.</summary>
[Collection("processes")]
public sealed partial class ManyJobsWalkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-many-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_command_of_the_walk_does_what_the_document_says()
    {
        var address = $"http://localhost:{LoopbackPort.Free()}";
        var walk = Section().Match(await File.ReadAllTextAsync(Repository.PathOf("docs", "many-jobs.md"))).Value;
        var commands = string.Concat(Block().Matches(walk).Select(block => block.Groups["commands"].Value + "echo; echo ---\n"));
        var (exitCode, output, error) = await RunAsync(Start(address) + commands, address);

        Assert.True(exitCode == 0, error + output);
        var steps = output.Split("---\n");
        Assert.Contains("\"attempt\":2", steps[1]);
        Assert.Contains("\"matched\":2,\"matched_is_lower_bound\":false", steps[2]);
        Assert.Matches("\"status\":\"completed\"(?s:.)*\"reason\":\"the wrong file\"(?s:.)*\"succeeded\":2", steps[3]);
        Assert.Contains("{\"end\":true,\"count\":4}", steps[4]);
    }

    /// <summary>The program as it was built with the tests.</summary>
    private static string Start(string address) => $$"""
        set -euo pipefail
        dotnet "$SILO" > silo.log 2>&1 &
        trap 'kill $(jobs -p)' EXIT
        API={{address}}
        until curl -sf $API/healthz/ready > ready.txt; do read -t 0.2 < <(:) || :; done

        """;

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
                ["Auth__Mode"] = "none",
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

    [GeneratedRegex(@"^## A walk$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```bash\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
