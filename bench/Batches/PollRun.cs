using System.Globalization;
using System.Text.Json;

namespace JobTracker.Bench.Batches;

/// <summary>Many batches that run, each asked about once an interval: how even that is, and how late an end is noticed.</summary>
internal static class PollRun
{
    private const int SubmittedTogether = 16;
    private const int Ended = 50;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(BatchesHttp api, int batches, TimeSpan interval)
    {
        var ids = new string[batches];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batches), new ParallelOptions { MaxDegreeOfParallelism = SubmittedTogether }, async (number, _) =>
                ids[number] = await api.SubmitAsync(1));
        foreach (var id in ids)
            await api.UntilAsync(id, batch => batch.GetProperty("status").GetString() == "running");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{batches} batches run, each to be asked about every {interval.TotalSeconds:0} s"));

        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(interval * 4, TimeProvider.System);
        Report(await PollsAsync(api, from), batches, interval);
        await EndSomeAsync(api, ids, interval);
    }

    /// <summary>Of each batch, when it was asked about.</summary>
    private static async Task<Dictionary<string, List<DateTimeOffset>>> PollsAsync(BatchesHttp api, DateTimeOffset from)
    {
        var journal = await api.StandInAsync(HttpMethod.Get, "journal");
        return journal.EnumerateArray()
            .Where(entry => entry.GetProperty("method").GetString() == "GET" && entry.GetProperty("at").GetDateTimeOffset() >= from)
            .GroupBy(entry => entry.GetProperty("path")
                .GetString()!, entry => entry.GetProperty("at").GetDateTimeOffset(), StringComparer.Ordinal)
            .ToDictionary(batch => batch.Key, batch => batch.Order().ToList(), StringComparer.Ordinal);
    }

    private static void Report(Dictionary<string, List<DateTimeOffset>> polls, int batches, TimeSpan interval)
    {
        if (polls.Count != batches)
            throw new InvalidOperationException($"{polls.Count} of {batches} batches were asked about.");
        var gaps = polls.Values.SelectMany(times => times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds)).ToList();
        Figures.Figure("batches_poll_requests", polls.Values.Sum(times => times.Count) / (interval * 4).TotalSeconds, "requests/s");
        Figures.Figure("batches_poll_cycle_p50", gaps.Percentile(50), "s");
        Figures.Figure("batches_poll_cycle_p99", gaps.Percentile(99), "s");
        Figures.Figure("batches_poll_cycle_max", gaps.Max(), "s");
    }

    private static async Task EndSomeAsync(BatchesHttp api, string[] ids, TimeSpan interval)
    {
        var chosen = ids.Where((_, number) => number % Math.Max(1, ids.Length / Ended) == 0).ToList();
        var endedAt = new List<(string Id, DateTimeOffset At)>();
        foreach (var id in chosen)
        {
            var atProvider = (await api.GetAsync($"/v1/batches/{id}")).GetProperty("provider_batch_id").GetString();
            await api.StandInAsync(HttpMethod.Post, $"batches/{atProvider}/end");
            endedAt.Add((id, TimeProvider.System.GetUtcNow()));
            await Task.Delay(Between, TimeProvider.System);
        }
        var delays = new List<double>();
        foreach (var (id, at) in endedAt)
            delays.Add(
                (CompletedAt(
                    await api.UntilAsync(id, batch => batch.GetProperty("completed_at").GetString() is not null)) - at).TotalSeconds);
        Figures.Figure("batches_end_noticed_p50", delays.Percentile(50), "s");
        Figures.Figure("batches_end_noticed_max", delays.Max(), "s");
        Figures.Figure("batches_end_noticed_max_over_interval", delays.Max() - (interval.TotalSeconds * (1 + Jitter)), "s");
    }

    /// <summary>The share by which an interval varies, either way: the configuration's default.</summary>
    private const double Jitter = 0.2;

    private static DateTimeOffset CompletedAt(JsonElement batch) => batch.GetProperty("completed_at").GetDateTimeOffset();
}
