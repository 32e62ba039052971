using System.Text.Json;
using System.Text.RegularExpressions;
using JobTracker.Telemetry;
using JobTracker.Tests.Support;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace JobTracker.Tests.Unit.Deploy;

/// <summary>Alerts and board ask for series that there are, by labels that those have.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string[] Functions =
        ["histogram_quantile", "sum", "rate", "max", "absent", "increase", "by", "le", "or", "humanizeDuration"];

    /// <summary>Those of our attributes as Prometheus has them, of a scrape, and of ASP.NET Core's and Npgsql's series.</summary>
    private static readonly HashSet<string> Labels = [
        .. Metrics.All.SelectMany(metric => metric.Attributes).Select(name => name.Replace('.', '_')),
        "le", "job", "instance", "http_response_status_code", "http_request_method", "state"];

    [Fact]
    public void There_are_thirteen_alerts_each_with_what_to_do()
    {
        var operations = File.ReadAllText(Repository.PathOf("docs", "operations.md"));

        var alerts = Alerts();

        Assert.Equal(13, alerts.Count);
        Assert.All(alerts, alert =>
        {
            Assert.Contains(alert.Labels["severity"], (string[])["page", "ticket"]);
            Assert.NotEmpty(alert.Annotations["summary"]);
            Assert.Equal($"docs/operations.md#{alert.Alert.ToLowerInvariant()}", alert.Annotations["runbook"]);
            Assert.Contains($"### {alert.Alert}\n", operations);
        });
        Assert.Equal(13, alerts.Select(alert => alert.Alert).Distinct().Count());
    }

    [Fact]
    public void Every_series_of_an_alert_is_there() => Assert.All(Alerts(), alert => AssertKnown(alert.Expr));

    [Fact]
    public void The_board_shows_the_oldest_ages_first_and_nothing_that_is_not_there()
    {
        using var board = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy", "grafana", "jobtracker.json")));
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var shown = panels.FindAll(panel => panel.GetProperty("type").GetString() != "row");

        Assert.InRange(shown.Count, 28, 40);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(shown.Take(3), panel => Assert.StartsWith("Oldest", panel.GetProperty("title").GetString(), StringComparison.Ordinal));
        Assert.All(shown.SelectMany(Expressions), AssertKnown);
    }

    /// <summary>A figure that no panel shows is one that nobody looks at.</summary>
    [Fact]
    public void The_board_shows_every_figure()
    {
        var board = File.ReadAllText(Repository.PathOf("deploy", "grafana", "jobtracker.json"));

        Assert.All(Metrics.All, metric => Assert.Contains(metric.Name.Replace('.', '_'), board));
    }

    [Fact]
    public void A_series_that_is_not_there_is_seen()
    {
        Assert.ThrowsAny<Exception>(() => AssertKnown("sum(rate(jobtracker_job_made_total[5m]))"));
        Assert.ThrowsAny<Exception>(() => AssertKnown("max(jobtracker_job_open{organization=\"a\"})"));
    }

    private static void AssertKnown(string expression)
    {
        var bare = Text().Replace(expression, "");
        var labels = Braces().Matches(bare).SelectMany(braces => Word().Matches(braces.Value)).Concat(
            By().Matches(bare).SelectMany(by => Word().Matches(by.Groups["names"].Value))).Select(word => word.Value).ToHashSet();
        Assert.Subset(Labels, labels);
        var names = Word().Matches(Range().Replace(By().Replace(Braces().Replace(bare, ""), ""), "")).Select(word => word.Value)
            .Except(Functions).ToHashSet();
        Assert.NotEmpty(names);
        Assert.Subset(PrometheusNames.All, names);
    }

    private static IEnumerable<string> Expressions(JsonElement panel) =>
        panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!);

    private static List<Rule> Alerts()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();
        var file = yaml.Deserialize<RuleFile>(File.ReadAllText(Repository.PathOf("deploy", "prometheus", "jobtracker.rules.yaml")));
        return [.. file.Groups.SelectMany(group => group.Rules)];
    }

    private sealed class RuleFile
    {
        public List<Group> Groups { get; set; } = [];
    }

    private sealed class Group
    {
        public string Name { get; set; } = "";

        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public string Alert { get; set; } = "";

        public string Expr { get; set; } = "";

        public string? For { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\bby \((?<names>[^)]*)\)", RegexOptions.None, 1000)]
    private static partial Regex By();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, 1000)]
    private static partial Regex Range();

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]*", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
