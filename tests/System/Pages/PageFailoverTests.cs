using Deque.AxeCore.Playwright;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>Two gateways behind one address, without affinity: a page outlives the one that served it.</summary>
[Collection("processes")]
public sealed class PageFailoverTests(PageSite site, ITestOutputHelper output)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Kill_9_of_the_gateway_that_serves_a_page_and_it_is_the_same_and_live_on_the_other_within_ten_seconds()
    {
        var postgres = await PostgresServer.Shared;
        var database = postgres.ConnectionString(await postgres.CreateDatabaseAsync());
        await using var cluster = await ClusterProcesses.StartAsync(database, silos: 1, "--Telemetry:Prometheus=true");
        await using var second = await ServerProcess.StartAsync("Gateway", $"--ConnectionStrings:Postgres={database}", "--Telemetry:Prometheus=true");
        ServerProcess[] gateways = [cluster.Gateway, second];
        await using var door = new TcpDoor([.. gateways.Select(gateway => gateway.Address)]);
        using var api = new PageApi(door.Address);
        await api.CreateManyAsync(20, index => new { job_type = "kept", status = index < 9 ? "running" : "pending", tags = new[] { "kept" } });
        await using var page = await WatchedPage.OpenAsync(
            await site.BrowserAsync(), door.Address, "/ui/jobs?tag=kept&status=running");
        await page.UntilLiveAsync();
        var (rows, url) = (await page.RowsAsync(), page.Page.Url);
        Assert.Equal(9, rows.Length);

        var serving = await ServingAsync(gateways);
        var began = TimeProvider.System.GetTimestamp();
        await serving.KillAsync();
        // The API is asked through the same door, which passes over the gateway that is gone.
        var first = rows[^1].Split('/')[^1];
        await page.Page.WaitForFunctionAsync("() => !document.documentElement.classList.contains('live')");
        await api.PatchAsync(first, new { status = "completed" });
        await page.UntilLiveAsync();
        await page.Page.WaitForFunctionAsync("() => document.documentElement.classList.contains('live')");
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"live on the other gateway after {took.TotalSeconds:F1} s");
        Assert.Equal(url, page.Page.Url);
        Assert.Equal(rows[..^1], (await page.RowsAsync())[..8]);
        await api.PatchAsync(rows[0].Split('/')[^1], new { status = "completed" });
        await page.UntilTextAsync("tr[data-row]:nth-of-type(1)", "completed");
        Assert.True(took < Promise, took.ToString());

        await ShowsAnErrorAsync(cluster, page);
    }

    /// <summary>Without any silo a page says what is wrong, in a form that everybody can read.</summary>
    private static async Task ShowsAnErrorAsync(ClusterProcesses cluster, WatchedPage page)
    {
        await cluster.Silos[0].KillAsync();
        await page.UntilTextAsync(".note.fault", "since|before|answer");
        Assert.NotEmpty(await page.RowsAsync());
        Assert.Empty((await page.Page.RunAxe()).Violations.Select(violation => violation.Id));
    }

    /// <summary>Which of them has the page's socket, by its own figure.</summary>
    private static async Task<ServerProcess> ServingAsync(ServerProcess[] gateways)
    {
        foreach (var gateway in gateways)
        {
            using var metrics = await gateway.Api.GetAsync("/metrics");
            var figures = await metrics.Content.ReadAsStringAsync();
            if (figures.Split('\n').Any(line => line.StartsWith("jobtracker_stream_open", StringComparison.Ordinal)
                && line.Contains("page", StringComparison.Ordinal) && line.Contains(" 1", StringComparison.Ordinal)))
                return gateway;
        }
        throw new InvalidOperationException("No gateway has the page.");
    }
}
