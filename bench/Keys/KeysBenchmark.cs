using JobTracker.Bench.Http;
using JobTracker.Bench.Lifecycle;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Keys;

/// <summary>
/// What it costs that callers sign in: gets of one silo that wants keys and one that wants none, in turns in the same run, and the check of
/// a key that was checked a moment ago.
/// </summary>
internal static class KeysBenchmark
{
    public static async Task RunAsync(BenchOptions options)
    {
        await using var server = await PostgresServer.StartAsync();
        var bootstrap = JobTracker.Keys.ApiKey.New().Text;
        using var keys = await ServerProcess.StartSiloAsync(
            await GrainContender.NewDatabaseAsync(server), "--Auth:Mode=keys", $"--Auth:BootstrapKey={bootstrap}",
            "--Limits:RequestsPerSecond=1000000", "--Limits:Burst=1000000");
        using var none = await ServerProcess.StartSiloAsync(await GrainContender.NewDatabaseAsync(server));
        var key = await KeyMaker.MakeAsync(keys.Port, bootstrap);

        await CompareAsync(options, keys, none, key);
        Figures.Figure("key_check", await KeyCheckLoop.MeasureAsync(options.Get("checks", 2_000_000)), "µs");
    }

    private static async Task CompareAsync(BenchOptions options, ServerProcess keys, ServerProcess none, string key)
    {
        var (rounds, seconds) = (options.Get("rounds", 6), TimeSpan.FromSeconds(options.Get("seconds", 4)));
        using var with = new HttpLoad(keys, options.Get("connections", 32), key);
        using var without = new HttpLoad(none, options.Get("connections", 32));
        await with.RunAsync("create", TimeSpan.FromSeconds(1));
        await without.RunAsync("create", TimeSpan.FromSeconds(1));

        List<(double With, double Without)> pairs = [];
        // Round 0 is not counted: it compiles.
        for (var round = 0; round <= rounds; round++)
        {
            // Whoever is second in one round is first in the next.
            var first = round % 2 == 0 ? with : without;
            var one = (await first.RunAsync("get", seconds)).PerSecond;
            var other = (await (first == with ? without : with).RunAsync("get", seconds)).PerSecond;
            var pair = first == with ? (one, other) : (other, one);
            Console.WriteLine(
                FormattableString.Invariant($"round {round} of {rounds}: keys {pair.Item1,8:0}, none {pair.Item2,8:0} requests/s"));
            if (round > 0)
                pairs.Add(pair);
        }

        Figures.Figure("http_get_keys", pairs.Select(pair => pair.With).Median(), "requests/s");
        Figures.Figure("http_get_none", pairs.Select(pair => pair.Without).Median(), "requests/s");
        Figures.Ratio("http_get_keys", pairs.Select(pair => pair.With / pair.Without).Median());
    }
}
