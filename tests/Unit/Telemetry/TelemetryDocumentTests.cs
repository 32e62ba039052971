using System.Text.RegularExpressions;
using JobTracker.Telemetry;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Telemetry;

public sealed partial class TelemetryDocumentTests
{
    [Fact]
    public void The_document_says_what_the_instruments_are()
    {
        var text = TelemetryDocument.Text();

        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "telemetry.md"), text), text);
    }

    [Fact]
    public void No_two_metrics_have_one_name_and_none_ends_as_Prometheus_ends_it()
    {
        Assert.Equal(Metrics.All.Length, Metrics.All.Select(metric => metric.Name).Distinct().Count());
        Assert.All(Metrics.All, metric => Assert.Matches(Named(), metric.Name));
        Assert.All(Metrics.All, metric => Assert.DoesNotMatch(Suffixed(), metric.Name));
    }

    /// <summary>A series for each would be without a bound, and would tell one tenant of another.</summary>
    [Fact]
    public void No_metric_is_told_apart_by_organization_user_or_job() => Assert.DoesNotContain(
        Metrics.All.SelectMany(metric => metric.Attributes), name =>
            name is "organization" or "organization_id" or "user" or "user_id" or "job_id" or "id");

    [GeneratedRegex(@"^jobtracker(\.[a-z_]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex("_total$|_seconds$|_bytes$", RegexOptions.None, 1000)]
    private static partial Regex Suffixed();
}
