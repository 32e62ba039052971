using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using JobTracker.Organizations;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Telemetry;

/// <summary>One collection, so that no test takes the processors from another's processes.</summary>
[Collection("processes")]
public sealed partial class ScrapeTests
{
    private static readonly string[] Ours =
    [
        "jobtracker_job_created_total", "jobtracker_job_transitions_total", "jobtracker_job_duration_seconds_bucket",
        "jobtracker_job_open", "jobtracker_storage_commit_duration_seconds_bucket", "jobtracker_storage_commit_rows_bucket",
        "jobtracker_storage_queue", "jobtracker_callback_attempt_duration_seconds_count", "jobtracker_sweeper_lag_seconds_bucket",
    ];

    [Fact]
    public async Task Metrics_are_served_on_the_management_port_alone_and_logs_are_one_JSON_object_a_line()
    {
        var postgres = await PostgresServer.Shared;
        var connection = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        var management = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        await using var silo = await SiloProcess.StartOnPostgresAsync(
            connection, "--Telemetry:Prometheus=true", $"--Management:Urls={management.OriginalString}", "--Logging:Json=true",
            "--Logging:LogLevel:Default=Information", "--Sweeper:FiguresInterval=00:00:00.200",
            "--Callbacks:AllowedNetworks:0=127.0.0.0/8");
        var job = await silo.Api.CreateRunningAsync($"http://127.0.0.1:{LoopbackPort.Free()}/nobody");
        await silo.Api.MoveAsync(job.Id, "completed");

        using var http = new HttpClient();
        var scrape = "";
        await Polling.UntilAsync(
            TimeSpan.FromSeconds(30),
            async () => Array.TrueForAll(
                [.. Ours, .. ScrapedSeries.OfOthers], SeriesOf(
                    scrape = await http.GetStringAsync(new Uri(management, "/metrics"))).Contains),
            () => $"{string.Join(' ', Ours.Concat(ScrapedSeries.OfOthers).Except(SeriesOf(scrape)))} missing in\n{scrape}\n{silo.Story()}");

        // A grain's type may be called so: what may not stand there is whose something is.
        Assert.DoesNotMatch("organization[a-z_]*=\"", scrape);
        Assert.DoesNotContain(OrganizationId.Default, scrape, StringComparison.Ordinal);
        Assert.DoesNotContain(job.Id, scrape, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, management, "/healthz/ready"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, management, "/v1/jobs"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, silo.Address, "/metrics"));
        AssertLogged(silo.Story(), job);
    }

    /// <summary>What it printed besides: nothing. The lines about the job name it, and whose it is.</summary>
    private static void AssertLogged(string story, SeenJob job)
    {
        var lines = story.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        var objects = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(objects, line => Assert.All(
            ["time", "level", "category", "event_id", "message"], (string name) =>
                Assert.True(line.TryGetProperty(name, out _), line.GetRawText())));
        var failed = objects.First(line => line.GetProperty("event_id").GetInt32() == 3000);
        Assert.Equal(
            (job.Id, OrganizationId.Default, "connection refused"),
            (failed.GetProperty("job_id").GetString(), failed.GetProperty("organization_id").GetString(),
                failed.GetProperty("values").GetProperty("error").GetString()));
    }

    private static HashSet<string> SeriesOf(string scrape) => [.. Series().Matches(scrape).Select(line => line.Groups["name"].Value)];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, Uri address, string path)
    {
        using var response = await http.GetAsync(new Uri(address, path));
        return response.StatusCode;
    }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_][a-zA-Z0-9_]*)[{ ]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Series();
}
