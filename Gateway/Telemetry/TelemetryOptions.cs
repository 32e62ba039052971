namespace JobTracker.Gateway.Telemetry;

/// <summary>What is told to whom, beside the standard <c>OTEL_*</c> variables. Section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Whether <c>/metrics</c> answers, for a Prometheus to scrape.</summary>
    public bool Prometheus { get; set; }
}
