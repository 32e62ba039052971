namespace JobTracker.Gateway.Telemetry;

/// <summary>
/// Which signals the standard variables ask to push (OpenTelemetry, "OTLP Exporter Configuration"): those that have an endpoint. Without
/// one nothing is pushed: the specification's own default, a collector on this machine, is not there as a rule.
/// </summary>
internal sealed class OtlpVariables(IConfiguration configuration)
{
    public bool Traces => Pushes("TRACES");

    public bool Metrics => Pushes("METRICS");

    public bool Logs => Pushes("LOGS");

    /// <summary>The name that the process has there; null where the variables say it.</summary>
    public bool NamesService => configuration["OTEL_SERVICE_NAME"] is { Length: > 0 }
        || configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Contains("service.name=", StringComparison.Ordinal) is true;

    private bool Pushes(string signal) =>
        !IsTrue("OTEL_SDK_DISABLED")
        && !"none".Equals(configuration[$"OTEL_{signal}_EXPORTER"], StringComparison.OrdinalIgnoreCase)
        && (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 }
            || configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] is { Length: > 0 });

    private bool IsTrue(string variable) => bool.TryParse(configuration[variable], out var value) && value;
}
