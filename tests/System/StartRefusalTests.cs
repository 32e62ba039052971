using System.Diagnostics;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>What a process that was told nonsense says, in one line, before it ends.</summary>
public sealed class StartRefusalTests
{
    [Theory]
    [InlineData("Silo", "--Limits:Wiat=00:00:05", "Limits:Wiat is no setting; the nearest is Limits:Wait.")]
    [InlineData("Gateway", "--Batches:Providers:main:ApiKye=x",
        "Batches:Providers:main:ApiKye is no setting; the nearest is Batches:Providers:main:ApiKey.")]
    [InlineData("Silo", "bakcup", "'bakcup' is no command; the nearest is 'keys'.")]
    public async Task An_unknown_word_ends_the_process_with_one_line_and_exit_code_1(string project, string word, string line)
    {
        var start = new ProcessStartInfo("dotnet", [ServerProcess.Binary(project), word, "--ConnectionStrings:Postgres=Host=127.0.0.1"])
        { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Soon();

        Assert.Equal((line, 1), ((await said).Trim(), process.ExitCode));
    }
}
