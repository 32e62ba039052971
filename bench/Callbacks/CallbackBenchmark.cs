using System.Globalization;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Callbacks;

/// <summary>
/// Ends of jobs told to receivers on loopback addresses, over PostgreSQL and in one process: the time from the call that ends a job to its
/// callback's arrival, at a steady rate; the same with a neighbour host that is slow, and with one that never answers and is owed many; and
/// how many are delivered a second.
/// </summary>
internal static class CallbackBenchmark
{
    /// <summary>Callbacks before the steady load, so that a new silo's connections and plans are there.</summary>
    private const int WarmUp = 1_000;

    /// <summary>Of the steady load before it is measured, in seconds.</summary>
    private const int LeadIn = 1;

    public static async Task RunAsync(BenchOptions options)
    {
        var (rounds, seconds, rate) = (options.Get("rounds", 5), options.Get("seconds", 6), options.Get("rate", 500));
        await using var server = await PostgresServer.StartAsync();
        var perSecond = await ThroughputAsync(server, options.Get("deliveries", 15_000));
        Neighbour[] neighbours =
        [
            new("well", TimeSpan.FromMilliseconds(1), Owed: 0),
            new("slow", TimeSpan.FromSeconds(2), Owed: 0),
            new("stuck", Timeout.InfiniteTimeSpan, Owed: 1_000),
        ];
        var results = neighbours.ToDictionary(neighbour => neighbour.Name, _ => new List<Latency>());
        // Round 0 is not counted: it compiles.
        for (var round = 0; round <= rounds; round++)
        {
            // Whoever is last in one round is first in the next.
            foreach (var neighbour in round % 2 == 0 ? neighbours : neighbours.AsEnumerable().Reverse())
            {
                var latency = await BesideAsync(server, neighbour, rate, seconds);
                if (round > 0)
                    results[neighbour.Name].Add(latency);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round} of {rounds}: {neighbour.Name,-5} neighbour   p50 {latency.P50,7:0.00} ms   p99 {latency.P99,7:0.00} ms"));
            }
        }

        Report(perSecond, results);
    }

    /// <summary>
    /// Latencies at a receiver while a neighbour on another address gets a tenth as many callbacks, and is owed some from before.
    /// </summary>
    private static async Task<Latency> BesideAsync(PostgresServer server, Neighbour neighbour, int rate, int seconds)
    {
        await using var receiver = await BenchReceiver.StartAsync("127.0.0.1");
        await using var other = await BenchReceiver.StartAsync("127.0.0.2");
        other.Pause = neighbour.Pause;
        await using var silo = await CallbackSilo.StartAsync(server);
        var jobs = silo.Jobs;
        var count = rate * (LeadIn + seconds);
        var (ours, theirs) = (await jobs.CreateAsync(count, receiver.Url), await jobs.CreateAsync(count / 10, other.Url));
        var first = await jobs.CreateAsync(WarmUp, receiver.Url);
        await jobs.CompleteAllAsync(first, concurrency: 32);
        await ArrivedAsync(receiver, first.Select(EndingJobs.CallbackOf));
        await jobs.CompleteAllAsync(await jobs.CreateAsync(neighbour.Owed, other.Url), concurrency: 32);
        var beside = jobs.CompletePacedAsync(theirs, rate / 10);
        var asked = await jobs.CompletePacedAsync(ours, rate);
        await beside;
        await ArrivedAsync(receiver, asked.Keys);
        return new(
            [.. ours.Skip(rate * LeadIn).Select(EndingJobs.CallbackOf)
                .Select(id => TimeProvider.System.GetElapsedTime(asked[id], receiver.Arrived[id]).TotalMilliseconds)]);
    }

    /// <summary>From the first end to the last arrival, while ends come faster than they can be told.</summary>
    private static async Task<double> ThroughputAsync(PostgresServer server, int deliveries)
    {
        var measured = new List<double>();
        for (var round = 0; round <= 3; round++)
        {
            await using var receiver = await BenchReceiver.StartAsync("127.0.0.1");
            await using var silo = await CallbackSilo.StartAsync(server);
            var ids = await silo.Jobs.CreateAsync(deliveries, receiver.Url);
            var start = TimeProvider.System.GetTimestamp();
            await silo.Jobs.CompleteAllAsync(ids, concurrency: 128);
            var ended = TimeProvider.System.GetElapsedTime(start);
            await ArrivedAsync(receiver, ids.Select(EndingJobs.CallbackOf));
            var perSecond = deliveries / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"throughput {round} of 3: {perSecond,8:0} deliveries/s (ends: {deliveries / ended.TotalSeconds:0}/s)"));
            // The first time compiles.
            if (round > 0)
                measured.Add(perSecond);
        }

        return measured.Median();
    }

    private static async Task ArrivedAsync(BenchReceiver receiver, IEnumerable<string> ids)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var id in ids)
        {
            while (!receiver.Arrived.ContainsKey(id))
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, limit.Token);
        }
    }

    private static void Report(double perSecond, Dictionary<string, List<Latency>> results)
    {
        Figures.Figure("callbacks_deliveries", perSecond, "deliveries/s");
        var well = results["well"];
        foreach (var (name, latencies) in results)
        {
            var figure = latencies == well ? "callbacks_latency" : $"callbacks_latency_beside_{name}";
            Figures.Figure($"{figure}_p50", latencies.Select(latency => latency.P50).Median(), "ms");
            Figures.Figure($"{figure}_p99", latencies.Select(latency => latency.P99).Median(), "ms");
        }

        foreach (var (name, latencies) in results.Where(result => result.Value != well))
        {
            Figures.Ratio($"callbacks_beside_{name}_p50", latencies.Zip(well, (with, without) => with.P50 / without.P50).Median());
            Figures.Ratio($"callbacks_beside_{name}_p99", latencies.Zip(well, (with, without) => with.P99 / without.P99).Median());
        }
    }

    /// <param name="Pause">Before it answers.</param>
    /// <param name="Owed">Callbacks that it is owed before the measurement.</param>
    private sealed record Neighbour(string Name, TimeSpan Pause, int Owed);

    /// <summary>In milliseconds.</summary>
    private sealed class Latency(double[] each)
    {
        public double P50 { get; } = each.Percentile(50);

        public double P99 { get; } = each.Percentile(99);
    }
}
