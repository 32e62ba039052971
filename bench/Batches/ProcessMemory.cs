using System.Globalization;

namespace JobTracker.Bench.Batches;

/// <summary>The resident memory of another process on Linux, in MiB.</summary>
internal sealed class ProcessMemory(int processId)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    public double Now()
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>Looks often while <paramref name="work"/> is under way; gives the highest that it saw.</summary>
    public async Task<double> PeakDuringAsync(Task work)
    {
        var peak = Now();
        while (!work.IsCompleted)
        {
            await Task.Delay(Often, TimeProvider.System);
            peak = Math.Max(peak, Now());
        }
        await work;
        return peak;
    }
}
