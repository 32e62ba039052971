using System.Globalization;
using JobTracker.Bench.Lifecycle;
using JobTracker.Tests.Support;
using Npgsql;

namespace JobTracker.Bench.Http;

/// <summary>
/// Creates, gets, changes and lists over HTTP: a silo that serves its own gateway, and plain endpoints on the same table, in turns.
/// </summary>
internal static class HttpBenchmark
{
    public static async Task RunAsync(BenchOptions options)
    {
        var (rounds, seconds, connections) = (options.Get("rounds", 2), options.Get("seconds", 5), options.Get("connections", 32));
        await using var server = await PostgresServer.StartAsync();
        string[] databases = [await GrainContender.NewDatabaseAsync(server), await GrainContender.NewDatabaseAsync(server)];
        using var silo = await ServerProcess.StartSiloAsync(databases[0]);
        using var crud = await ServerProcess.StartCrudAsync(databases[1]);
        using var ours = new HttpLoad(silo, connections);
        using var theirs = new HttpLoad(crud, connections);

        var results = new List<Pair>();
        // Round 0 is not counted: it compiles.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var kind in HttpLoad.Kinds)
            {
                if (kind == "list")
                    await AnalyzeAsync(databases);
                // Whoever is second in one round is first in the next.
                HttpLoad[] turns = round % 2 == 0 ? [ours, theirs] : [theirs, ours];
                var measured = new Dictionary<HttpLoad, HttpResult>();
                foreach (var load in turns)
                {
                    measured[load] = await load.RunAsync(kind, TimeSpan.FromSeconds(seconds));
                    Print($"round {round} of {rounds}: {kind,-6} {load.Server,-10}", measured[load]);
                }

                if (round > 0)
                    results.Add(new(kind, measured[ours], measured[theirs]));
            }
        }

        foreach (var kind in results.GroupBy(pair => pair.Kind))
            Report(kind.Key, [.. kind]);
    }

    /// <summary>The peer plans by statistics, which the server itself would take only after a minute; both get them.</summary>
    private static async Task AnalyzeAsync(string[] databases)
    {
        foreach (var database in databases)
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var analyze = new NpgsqlCommand("vacuum analyze jobs", connection);
            await analyze.ExecuteNonQueryAsync();
        }
    }

    private static void Report(string kind, Pair[] rounds)
    {
        foreach (var (name, side) in ((string, Func<Pair, HttpResult>)[])[("jobtracker", pair => pair.Ours), ("crud", pair => pair.Theirs)])
        {
            Figures.Figure($"http_{kind}_{name}", rounds.Select(pair => side(pair).PerSecond).Median(), "requests/s");
            Figures.Figure($"http_{kind}_{name}_p50", rounds.Select(pair => side(pair).P50).Median(), "ms");
            Figures.Figure($"http_{kind}_{name}_p99", rounds.Select(pair => side(pair).P99).Median(), "ms");
        }

        Figures.Ratio($"http_{kind}", rounds.Select(pair => pair.Ours.PerSecond / pair.Theirs.PerSecond).Median());
        Figures.Ratio($"http_{kind}_p99", rounds.Select(pair => pair.Ours.P99 / pair.Theirs.P99).Median());
    }

    private static void Print(string what, HttpResult result) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what} {result.PerSecond,8:0} requests/s   p50 {result.P50,7:0.00} ms   p99 {result.P99,7:0.00} ms"));

    private sealed record Pair(string Kind, HttpResult Ours, HttpResult Theirs);
}
