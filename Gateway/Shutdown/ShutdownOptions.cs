using JobTracker.Configuration;

namespace JobTracker.Gateway.Shutdown;

/// <summary>How a process that serves HTTP ends. Section <c>Shutdown</c>.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>
    /// How long it serves on after SIGTERM, unready: until every balancer has seen that, requests still come. Zero: not at all.
    /// </summary>
    [Within("00:00:00", "00:10:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(5);
}
