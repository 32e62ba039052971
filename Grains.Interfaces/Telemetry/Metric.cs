using System.Collections.Immutable;

namespace JobTracker.Telemetry;

/// <summary>How a figure is counted, as OpenTelemetry names it.</summary>
internal enum MetricKind
{
    Counter = 0,
    UpDownCounter = 1,
    Histogram = 2,
    Gauge = 3,
}

/// <summary>One figure that operators may rely on: docs/telemetry.md is written from it.</summary>
/// <param name="Name">Never changed: boards and alerts use it. A counter has no <c>_total</c>, which Prometheus adds.</param>
/// <param name="Unit">Of UCUM: <c>s</c>, or what is counted in braces.</param>
/// <param name="Attributes">All that it may have. None names an organization, a user or a job.</param>
internal sealed record Metric(string Name, MetricKind Kind, string Unit, string Meaning, ImmutableArray<string> Attributes)
{
    /// <summary>Upper bounds of a histogram's buckets.</summary>
    public ImmutableArray<double> Boundaries { get; init; } = [];
}
