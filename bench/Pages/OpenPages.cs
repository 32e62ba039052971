using System.Globalization;
using System.Net.Http.Json;

namespace JobTracker.Bench.Pages;

/// <summary>
/// Many pages of jobs, open in a process of its own, and changes of these jobs: how long each takes until its page is written anew. Started
/// by the benchmark, which tells it by lines what to do next.
/// </summary>
internal static class OpenPages
{
    /// <param name="address">Where the pages are.</param>
    /// <param name="elsewhere">Where their jobs are changed.</param>
    public static async Task RunAsync(Uri address, Uri elsewhere, int seconds, IReadOnlyList<string> jobs)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var changing = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = elsewhere };
        List<OpenPage> pages = [];
        foreach (var job in jobs)
            pages.Add(await OpenPage.OpenAsync(http, $"/ui/jobs/{job}"));
        Console.WriteLine("open");
        await Console.In.ReadLineAsync();

        var latencies = await ChangeAsync(changing, pages, jobs, seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"changed {latencies.Count} {latencies.Percentile(50)} {latencies.Percentile(99)} {pages.Count(page => page.Error is not null)}"));
        await Console.In.ReadLineAsync();
        foreach (var page in pages)
            await page.DisposeAsync();
    }

    /// <summary>Each job once a second, spread over it.</summary>
    private static async Task<IReadOnlyCollection<double>> ChangeAsync(
        HttpClient http, List<OpenPage> pages, IReadOnlyList<string> jobs, int seconds)
    {
        List<Task<double>> running = [];
        var start = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (TimeProvider.System.GetElapsedTime(start).TotalSeconds is var passed && passed < seconds)
        {
            while (running.Count < jobs.Count * passed)
            {
                var place = running.Count % jobs.Count;
                running.Add(ChangeAsync(http, pages[place], jobs[place], running.Count));
            }
            await tick.WaitForNextTickAsync();
        }
        return await Task.WhenAll(running);
    }

    private static async Task<double> ChangeAsync(HttpClient http, OpenPage page, string job, int number)
    {
        var shown = page.NextAsync();
        var start = TimeProvider.System.GetTimestamp();
        using var answer = await http.PatchAsJsonAsync(
            $"/v1/jobs/{job}", new { metadata = new { number }, progress = new { completed = number, message = $"step {number}" } });
        answer.EnsureSuccessStatusCode();
        await shown.WaitAsync(TimeSpan.FromSeconds(10));
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
