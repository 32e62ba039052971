using System.Globalization;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>The resident memory of a process on Linux, in MiB.</summary>
internal sealed class ResidentMemory(int processId)
{
    /// <summary>Resets the peak (proc(5), clear_refs).</summary>
    private const string Forget = "5";

    public double Now() => Read("VmRSS:");

    /// <summary>
    /// The highest that it ever was while <paramref name="work"/> was under way, over what it was before: the kernel keeps count.
    /// </summary>
    public async Task<double> GrowthDuringAsync(Func<Task> work)
    {
        var idle = Now();
        await File.WriteAllTextAsync($"/proc/{processId}/clear_refs", Forget);
        await work();
        return Read("VmHWM:") - idle;
    }

    private double Read(string field)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
