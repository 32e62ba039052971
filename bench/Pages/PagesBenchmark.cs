using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Bench.Http;
using JobTracker.Bench.Lifecycle;
using JobTracker.Bench.Many;
using JobTracker.Gateway;
using JobTracker.Gateway.Cluster;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace JobTracker.Bench.Pages;

/// <summary>
/// The pages among 2,000,000 jobs: how long a list takes, how many bytes a page has, and what 200 open pages cost a gateway in memory and
/// processor while their jobs change. The gateway is this very process, so that its memory can be collected and counted; the silo, by which
/// the jobs are changed, is another.
/// </summary>
internal static class PagesBenchmark
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private static readonly string[] Lists =
        ["/ui/jobs", "/ui/jobs?status=pending", "/ui/jobs?job_type=export", "/ui/jobs?status=completed&job_type=export"];

    public static async Task RunAsync(BenchOptions options)
    {
        var (jobs, open, times) = (options.Get("jobs", 2_000_000), options.Get("open", 200), options.Get("times", 500));
        await using var server = await PostgresServer.StartAsync();
        var database = await GrainContender.NewDatabaseAsync(server);
        await ManyFill.FillAsync(database, "export", jobs, "completed");
        await ManyFill.FillAsync(database, "cancel", 10_000, "pending");
        using var silo = await ServerProcess.StartSiloAsync(database);
        await using var app = await StartAsync(database);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await UntilServedAsync(http);
        await BytesAsync(http);
        await PaintAsync(http, times);
        await OpenAsync(http, silo, open, options.Get("seconds", 20));
        await app.StopAsync();
    }

    private static async Task<WebApplication> StartAsync(string database)
    {
        var builder = WebApplication.CreateBuilder(
        [
            "--urls", ServerProcess.Url(LoopbackPort.Free()), $"--ConnectionStrings:Postgres={database}", "--Logging:LogLevel:Default=Warning",
        ]);
        builder.AddHostDefaults().AddJobTrackerGateway().AddClusterClient();
        var app = builder.Build();
        app.MapJobTrackerGateway();
        await app.StartAsync();
        return app;
    }

    /// <summary>Pages wait for the keys of the gateways' cookies.</summary>
    private static async Task UntilServedAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(LongestStart);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(patience.Token))
        {
            using var answer = await http.GetAsync(new Uri("/ui/jobs", UriKind.Relative));
            if (answer.IsSuccessStatusCode)
                return;
        }
    }

    /// <summary>What a browser that was never here loads.</summary>
    private static async Task BytesAsync(HttpClient http)
    {
        var html = await http.GetStringAsync(new Uri("/ui/jobs", UriKind.Relative));
        var (own, all) = (0L, (long)System.Text.Encoding.UTF8.GetByteCount(html));
        foreach (var path in PageLinks.In(html))
        {
            var plain = await SizeAsync(http, path, coding: null);
            var packed = await SizeAsync(http, path, "br");
            Figures.Figure($"pages_asset_{Path.GetFileNameWithoutExtension(path)}", plain / 1024.0, "KiB");
            all += packed;
            if (!path.EndsWith("blazor.web.js", StringComparison.Ordinal))
                own += plain;
        }
        Figures.Figure("pages_own_css_js", own / 1024.0, "KiB");
        Figures.Figure("pages_cold_transfer", all / 1024.0, "KiB");
    }

    private static async Task<long> SizeAsync(HttpClient http, string path, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (coding is not null)
            request.Headers.AcceptEncoding.ParseAdd(coding);
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    private static async Task PaintAsync(HttpClient http, int times)
    {
        foreach (var path in Lists)
        {
            List<double> taken = [];
            for (var index = -50; index < times; index++)
            {
                var start = TimeProvider.System.GetTimestamp();
                await http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
                if (index >= 0)
                    taken.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path}: p50 {taken.Percentile(50):0.0} p99 {taken.Percentile(99):0.0} ms"));
            Figures.Figure($"pages_first_paint_p99{path[3..].Replace('/', '_').Replace('?', '_').Replace('=', '_').Replace('&', '_')}",
                taken.Percentile(99), "ms");
        }
    }

    private static async Task OpenAsync(HttpClient http, ServerProcess silo, int count, int seconds)
    {
        List<string> jobs = [];
        for (var index = 0; index < count; index++)
        {
            using var made = await http.PostAsJsonAsync("/v1/jobs", new { job_type = "watched", status = "running" });
            jobs.Add((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }
        // Whatever is made once is made before: the first page is opened and closed.
        await (await OpenPage.OpenAsync(http, $"/ui/jobs/{jobs[0]}")).DisposeAsync();
        var (heap, resident) = (Collected(), Resident());
        using var pages = new PagesProcess(http.BaseAddress!, new Uri(ServerProcess.Url(silo.Port)), seconds, jobs);
        await pages.ReadAsync("open");
        Figures.Figure("pages_open_heap", (Collected() - heap) / 1024.0 / count, "KiB");
        Figures.Figure("pages_open_resident", (Resident() - resident) / 1024.0 / count, "KiB");

        var (processor, began) = (Processor(), TimeProvider.System.GetTimestamp());
        pages.Go();
        var told = (await pages.ReadAsync("changed")).Split(' ');
        var used = (Processor() - processor) / TimeProvider.System.GetElapsedTime(began);
        Figures.Figure("pages_changes", double.Parse(told[1], CultureInfo.InvariantCulture) / seconds, "changes/s");
        Figures.Figure("pages_processor", used * 100, "%");
        Figures.Figure("pages_change_shown_p50", double.Parse(told[2], CultureInfo.InvariantCulture), "ms");
        Figures.Figure("pages_change_shown_p99", double.Parse(told[3], CultureInfo.InvariantCulture), "ms");
        Figures.Figure("pages_broken", double.Parse(told[4], CultureInfo.InvariantCulture), "pages");
        Figures.Figure("pages_changed_heap", (Collected() - heap) / 1024.0 / count, "KiB");
        pages.Go();
    }

    private static long Collected()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static TimeSpan Processor() => Process.GetCurrentProcess().TotalProcessorTime;

    private static long Resident() => Process.GetCurrentProcess().WorkingSet64;
}
