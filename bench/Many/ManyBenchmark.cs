using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using JobTracker.Bench.Http;
using JobTracker.Bench.Lifecycle;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Many;

/// <summary>
/// An export of 1,000,000 jobs, and an operation that cancels 100,000 beside new jobs, over HTTP, by a silo in a process of its own: how
/// fast they are, and how much memory they take.
/// </summary>
internal static class ManyBenchmark
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(BenchOptions options)
    {
        var (exported, cancelled) = (options.Get("export", 1_000_000), options.Get("cancel", 100_000));
        await using var server = await PostgresServer.StartAsync();
        var database = await GrainContender.NewDatabaseAsync(server);
        await ManyFill.FillAsync(database, "export", exported, "completed");
        await ManyFill.FillAsync(database, "cancel", cancelled, "pending");
        using var silo = await ServerProcess.StartSiloAsync(database);
        using var http = new HttpClient { BaseAddress = new Uri(ServerProcess.Url(silo.Port)), Timeout = Timeout.InfiniteTimeSpan };
        await ExportAsync(http, silo, "job_type=cancel");

        var idle = Resident(silo);
        var (seconds, peak) = await WatchedAsync(silo, () => ExportAsync(http, silo, "job_type=export"));
        Figures.Figure("export", exported / seconds, "jobs/s");
        Figures.Figure("export_memory_over_idle", peak - idle, "MiB");
        await CancelAsync(http, silo, cancelled, options);
    }

    private static async Task CancelAsync(HttpClient http, ServerProcess silo, int jobs, BenchOptions options)
    {
        var perSecond = options.Get("creates", 100);
        var alone = await CreatesAsync(http, perSecond, Task.Delay(TimeSpan.FromSeconds(options.Get("seconds", 10)), TimeProvider.System));
        var idle = Resident(silo);
        IReadOnlyCollection<double> beside = [];
        var (seconds, peak) = await WatchedAsync(silo, async () =>
        {
            var done = OperationAsync(http);
            beside = await CreatesAsync(http, perSecond, done);
            Console.WriteLine(await done);
        });
        Figures.Figure("operation_cancel", jobs / seconds, "jobs/s");
        Figures.Figure("operation_cancel_resident_before", idle, "MiB");
        Figures.Figure("operation_cancel_resident_peak", peak, "MiB");
        Figures.Figure("operation_create_p99_alone", alone.Percentile(99), "ms");
        Figures.Figure("operation_create_p99_beside", beside.Percentile(99), "ms");
        Figures.Ratio("operation_create_p99_to_alone", beside.Percentile(99) / alone.Percentile(99));
    }

    /// <summary>Its last state.</summary>
    private static async Task<string> OperationAsync(HttpClient http)
    {
        using var started = await http.PostAsJsonAsync(
            "/v1/operations", new { action = "cancel", filter = new { job_type = "cancel" }, max_per_second = 100_000 });
        started.EnsureSuccessStatusCode();
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        while (true)
        {
            var text = await http.GetStringAsync(new Uri($"/v1/operations/{id}?wait=30&until=terminal", UriKind.Relative));
            if (JsonDocument.Parse(text).RootElement.GetProperty("status").GetString() is "completed" or "failed")
                return text;
        }
    }

    private static async Task ExportAsync(HttpClient http, ServerProcess silo, string filter)
    {
        await using var lines = await http.GetStreamAsync(new Uri($"/v1/jobs/export?{filter}", UriKind.Relative));
        using var reader = new StreamReader(lines);
        var last = "";
        while (await reader.ReadLineAsync() is { } line)
            last = line;
        Console.WriteLine($"{silo.Name}: {last}");
    }

    /// <summary>How long each create took, in milliseconds, at a steady pace.</summary>
    private static async Task<IReadOnlyCollection<double>> CreatesAsync(HttpClient http, int perSecond, Task until)
    {
        var (start, running) = (TimeProvider.System.GetTimestamp(), new List<Task<double>>());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!until.IsCompleted)
        {
            await tick.WaitForNextTickAsync();
            while (running.Count < perSecond * TimeProvider.System.GetElapsedTime(start).TotalSeconds)
                running.Add(CreateAsync(http));
        }
        return await Task.WhenAll(running);
    }

    private static async Task<double> CreateAsync(HttpClient http)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var made = await http.PostAsJsonAsync("/v1/jobs", new { job_type = "new" });
        made.EnsureSuccessStatusCode();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<(double Seconds, double PeakMiB)> WatchedAsync(ServerProcess silo, Func<Task> work)
    {
        var (start, peak, working) = (TimeProvider.System.GetTimestamp(), 0.0, work());
        while (!working.IsCompleted)
        {
            peak = Math.Max(peak, Resident(silo));
            await Task.WhenAny(working, Task.Delay(Look, TimeProvider.System));
        }
        await working;
        return (TimeProvider.System.GetElapsedTime(start).TotalSeconds, peak);
    }

    private static double Resident(ServerProcess silo)
    {
        using var process = Process.GetProcessById(silo.ProcessId);
        return process.WorkingSet64 / 1024.0 / 1024.0;
    }
}
