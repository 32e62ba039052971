using System.Diagnostics;

namespace JobTracker.Tests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class ProcessRun
{
    /// <summary>What the program printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0; the message holds what it printed.</exception>
    public static async Task<string> OutputAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
            return await output;
        throw new InvalidOperationException(
            $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
    }
}
