using JobTracker.Gateway.Telemetry;
using Microsoft.Extensions.Configuration;

namespace JobTracker.Tests.Unit.Telemetry;

public sealed class OtlpVariablesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("OTEL_SERVICE_NAME=x", "")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", "traces metrics logs")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317", "traces")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://c:4317", "metrics")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c:4317", "logs")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_TRACES_EXPORTER=none", "metrics logs")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_LOGS_EXPORTER=None OTEL_METRICS_EXPORTER=otlp", "traces metrics")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=true", "")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=false", "traces metrics logs")]
    public void A_signal_is_pushed_where_the_variables_give_it_an_endpoint(string variables, string pushed)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
                .Select(pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))).Build();

        var otlp = new OtlpVariables(configuration);

        string[] signals = [otlp.Traces ? "traces" : "", otlp.Metrics ? "metrics" : "", otlp.Logs ? "logs" : ""];
        Assert.Equal(pushed, string.Join(' ', signals.Where(signal => signal != "")));
    }
}
