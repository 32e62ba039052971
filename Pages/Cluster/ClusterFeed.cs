using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;
using JobTracker.Silos;

namespace JobTracker.Pages.Cluster;

/// <summary>The cluster's report, every 2 s for as long as anybody looks: once for all who do.</summary>
public sealed class ClusterFeed(IClusterDoor cluster, TimeProvider clock)
{
    /// <summary>There is one cluster, whoever's admin looks.</summary>
    public const string Key = "cluster";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>By <see cref="Key"/>.</summary>
    public LiveFeed<string, ClusterReport> Reports { get; } = new(async (who, _, _, _) => await cluster.ReportAsync(who), Pace, clock);
}
