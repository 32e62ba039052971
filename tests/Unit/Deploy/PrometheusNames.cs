using JobTracker.Telemetry;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Deploy;

/// <summary>The series that a scrape of ours has, as the exporter names them.</summary>
internal static class PrometheusNames
{
    /// <summary>With the one that Prometheus makes itself.</summary>
    public static readonly HashSet<string> All = [.. Metrics.All.SelectMany(Of), .. ScrapedSeries.OfOthers, "up"];

    private static string[] Of(Metric metric)
    {
        var name = metric.Name.Replace('.', '_') + (metric.Unit == "s" ? "_seconds" : "");
        return metric.Kind switch
        {
            MetricKind.Counter => [$"{name}_total"],
            MetricKind.Histogram => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            MetricKind.UpDownCounter or MetricKind.Gauge => [name],
        };
    }
}
