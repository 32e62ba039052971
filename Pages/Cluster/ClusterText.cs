using System.Globalization;
using JobTracker.Pages.Parts;
using JobTracker.Silos;
using JobTracker.Storage;

namespace JobTracker.Pages.Cluster;

/// <summary>A report's figures as people read them.</summary>
internal static class ClusterText
{
    private const double Mebi = 1 << 20;
    private const double Gibi = 1 << 30;

    /// <summary>What an unknown figure is.</summary>
    public const string NoAnswer = "no answer";

    /// <summary>340 MiB, 1.5 GiB.</summary>
    public static string Bytes(long bytes) => bytes >= Gibi
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Gibi:0.0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebi:0} MiB");

    public static string Memory(SiloFacts facts, SiloLoad? load) => load is { MemoryLimitBytes: > 0 and var limit }
        ? $"{Bytes(facts.MemoryBytes)} of {Bytes(limit)}"
        : Bytes(facts.MemoryBytes);

    public static string Cpu(SiloLoad load) => string.Create(CultureInfo.InvariantCulture, $"{load.CpuPercent:0.0} %");

    public static string Uptime(SiloFacts facts, DateTimeOffset now) => Words.Of(now - facts.StartedAt);

    /// <summary>How long a read and a commit take, or why there are none and for how long.</summary>
    public static string Storage(StorageStanding storage) => storage switch
    {
        { Cause: { } cause } => $"{cause} For {Words.Of(storage.For)}.",
        { Took: { } took } => Words.Of(took),
        _ => "works",
    };

    /// <summary>Milliseconds and more; what took no time at all says so.</summary>
    public static string Lag(TimeSpan lag) => lag < TimeSpan.FromMilliseconds(1) ? "none" : Words.Of(lag);
}
