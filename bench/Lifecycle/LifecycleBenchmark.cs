using JobTracker.Tests.Support;

namespace JobTracker.Bench.Lifecycle;

/// <summary>
/// The life of a job (create, pending, running, completed) as often as possible, 512 at a time, on four stores in turn: ours, the same
/// grain on Orleans' ADO.NET storage, the same grain on Orleans' memory
/// storage, and pgbench with the four guarded statements and no grain at all.
/// </summary>
internal static class LifecycleBenchmark
{
    private const string Untagged = "creates";
    private const string Tagged = "tagged_creates";

    public static async Task RunAsync(BenchOptions options)
    {
        var rounds = options.Get("rounds", 3);
        var seconds = TimeSpan.FromSeconds(options.Get("seconds", 8));
        var concurrency = options.Get("concurrency", 512);
        await using var server = await PostgresServer.StartAsync();
        Contender[] contenders =
        [
            new("jobtracker", () => GrainContender.OnJobTrackerAsync(server, concurrency, seconds)),
            new("adonet", () => GrainContender.OnAdoNetAsync(server, concurrency, seconds)),
            new("memory", () => GrainContender.OnMemoryAsync(concurrency, seconds)),
            new("pgbench", () => PgbenchContender.RunAsync(server, seconds)),
            new(Untagged, () => GrainContender.OfCreatesAsync(server, concurrency, seconds)),
            new(Tagged, () => GrainContender.OfCreatesAsync(server, concurrency, seconds, "env:prod", "region:eu", "team:bench", "v1")),
        ];

        var only = options.Get("only", -1);
        var results = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
        // Round 0 is not counted: whoever comes first would pay for the compilation of the code that all share.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contender in only < 0 ? contenders : [contenders[only]])
            {
                var perSecond = await contender.MeasureAsync();
                if (round > 0)
                    results[contender.Name].Add(perSecond);
                Console.WriteLine($"round {round} of {rounds}: {contender.Name,-12} {perSecond,8:0} jobs/s");
            }
        }

        Report(results);
        if (only < 0)
            await IdleMemory.ReportAsync(server, options.Get("idle-jobs", 100_000));
    }

    private static void Report(Dictionary<string, List<double>> results)
    {
        foreach (var (name, perSecond) in results.Where(result => result.Value.Count > 0))
            Figures.Figure($"lifecycle_{name}", perSecond.Median(), "jobs/s");
        var ours = results["jobtracker"];
        var (plain, tagged) = (results[Untagged], results[Tagged]);
        if (plain.Count > 0 && tagged.Count > 0)
            Figures.Ratio("lifecycle_tagged_to_creates", tagged.Zip(plain, (of, to) => of / to).Median());
        var peers = results.Where(result => result.Value != ours && result.Key is not (Untagged or Tagged));
        foreach (var peer in peers.Where(peer => peer.Value.Count > 0 && ours.Count > 0))
            Figures.Ratio($"lifecycle_to_{peer.Key}", ours.Zip(peer.Value, (own, theirs) => own / theirs).Median());
    }

    private sealed record Contender(string Name, Func<Task<double>> MeasureAsync);
}
