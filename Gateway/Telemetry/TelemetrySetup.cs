using JobTracker.Configuration;
using JobTracker.Telemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace JobTracker.Gateway.Telemetry;

/// <summary>
/// Metrics, traces and logs by OpenTelemetry, for silos and gateways alike. What nobody asks for is not set up, and costs nothing.
/// </summary>
public static class TelemetrySetup
{
    /// <summary>Those of our own, of Orleans, of the driver, of ASP.NET Core with its server, and of the runtime.</summary>
    private static readonly string[] Meters =
    [
        Instrumentation.Name, "Microsoft.Orleans", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    private static readonly string[] Sources =
        [Instrumentation.Name, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Npgsql"];

    /// <summary>Whether anything of the process traces: calls between grains then carry the trace.</summary>
    public static bool IsTraced(IConfiguration configuration) => new OtlpVariables(configuration).Traces;

    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSection<TelemetryOptions>(TelemetryOptions.Section);
        var otlp = new OtlpVariables(builder.Configuration);
        var prometheus = builder.Configuration.GetValue<bool>($"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Prometheus)}");
        if (!prometheus && otlp is { Metrics: false, Traces: false, Logs: false })
            return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Name(resource, otlp, builder.Environment.ApplicationName));
        if (prometheus || otlp.Metrics)
            telemetry.WithMetrics(metrics => Configure(metrics, prometheus, otlp.Metrics));
        if (otlp.Traces)
            telemetry.WithTracing(traces => traces.AddJobTrackerSources().AddOtlpExporter());
        if (otlp.Logs)
            telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
    }

    /// <summary>Everything that a trace of ours may go through.</summary>
    internal static TracerProviderBuilder AddJobTrackerSources(this TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation(requests => requests.Filter = http => !ManagementPort.Serves(http.Request.Path))
        .AddSource(Sources);

    /// <summary>Every meter that is told of.</summary>
    internal static MeterProviderBuilder AddJobTrackerMeters(this MeterProviderBuilder metrics) => metrics.AddMeter(Meters);

    private static void Configure(MeterProviderBuilder metrics, bool prometheus, bool otlp)
    {
        metrics.AddJobTrackerMeters();
        if (prometheus)
            metrics.AddPrometheusExporter();
        if (otlp)
            metrics.AddOtlpExporter();
    }

    private static void Name(ResourceBuilder resource, OtlpVariables variables, string program)
    {
        if (!variables.NamesService)
            resource.AddService(
                program.Replace('.', '-').ToLowerInvariant(),
                serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3));
    }
}
