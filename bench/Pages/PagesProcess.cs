using System.Diagnostics;
using System.Globalization;

namespace JobTracker.Bench.Pages;

/// <summary>This program once more, with the pages open, so that what they cost is the server's alone here.</summary>
internal sealed class PagesProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="address">Where the pages are.</param>
    /// <param name="elsewhere">Where their jobs are changed.</param>
    public PagesProcess(Uri address, Uri elsewhere, int seconds, List<string> jobs)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(PagesProcess).Assembly.Location, "open-pages", address.AbsoluteUri, elsewhere.AbsoluteUri,
                seconds.ToString(CultureInfo.InvariantCulture), .. jobs,
            ])
        { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0";
        _process = Process.Start(start) ?? throw new InvalidOperationException("The pages did not start.");
    }

    /// <summary>The next line that begins so.</summary>
    public async Task<string> ReadAsync(string word)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line;
            Console.WriteLine(line);
        }
        throw new InvalidOperationException($"The pages ended before they said '{word}'.");
    }

    public void Go() => _process.StandardInput.WriteLine();

    public void Dispose()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }
}
