using System.Diagnostics;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Keys;

/// <summary>One command of the silo's program, run to its end.</summary>
internal sealed record SiloCommand(int ExitCode, string Output, string Error)
{
    public static async Task<SiloCommand> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServerProcess.Binary("Silo"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Soon();
        return new SiloCommand(process.ExitCode, await output, await error);
    }

    /// <summary>The key that it printed, and nothing beside it.</summary>
    public string Key()
    {
        Assert.Equal((0, ""), (ExitCode, ExitCode == 0 ? "" : Error));
        Assert.Matches("^jtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}\n$", Output);
        return Output.TrimEnd('\n');
    }
}
