using System.Globalization;
using JobTracker.Bench;
using JobTracker.Bench.Batches;
using JobTracker.Bench.Callbacks;
using JobTracker.Bench.Groups;
using JobTracker.Bench.Http;
using JobTracker.Bench.Keys;
using JobTracker.Bench.Lifecycle;
using JobTracker.Bench.List;
using JobTracker.Bench.Many;
using JobTracker.Bench.Pages;
using JobTracker.Bench.Sweeper;
using JobTracker.Bench.Telemetry;

// dotnet run -c Release --project bench -- NAME [--option value ...]; without NAME the list.
Benchmark[] benchmarks =
[
    new("lifecycle", "jobs created, started and completed through grains, against ADO.NET, memory and pgbench",
        LifecycleBenchmark.RunAsync),
    new("telemetry", "the same life with metrics, with one trace in twenty and with every trace, against none",
        TelemetryBenchmark.RunAsync),
    new("http", "create, get, patch and list over HTTP, against a minimal CRUD endpoint on the same table", HttpBenchmark.RunAsync),
    new("keys", "gets over HTTP with an API key, against the same without sign-in, and a key's check in a loop", KeysBenchmark.RunAsync),
    new("batches", "100,000 results of 250 MB ingested, and 1,000 running batches polled, by a silo in a process of its own",
        BatchesBenchmark.RunAsync),
    new("list", "every list query and the counts among 2,000,000 jobs, against 20,000", ListBenchmark.RunAsync),
    new("many", "an export of 1,000,000 jobs, and an operation that cancels 100,000 beside new ones, over HTTP", ManyBenchmark.RunAsync),
    new("sweeper", "100,000 jobs that are due at once, worked off beside new ones, on PostgreSQL", SweeperBenchmark.RunAsync),
    new("groups", "a group of 100,000 children on PostgreSQL: their lives, its view meanwhile, and its end", GroupBenchmark.RunAsync),
    new("callbacks", "callbacks from the end of a job to its receiver, alone and beside a slow and a stuck one",
        CallbackBenchmark.RunAsync),
    new("pages", "the pages among 2,000,000 jobs: a list's time, a page's bytes, and what 200 open pages cost", PagesBenchmark.RunAsync),
];

// The peer of the benchmark "http", which starts this program once more to have it in a process of its own.
if (args is ["serve-crud", var connection, var url])
{
    await CrudServer.RunAsync(connection, url);
    return 0;
}

// The browsers of the benchmark "pages", in the same way.
if (args is ["open-pages", var address, var elsewhere, var seconds, .. var jobs])
{
    await OpenPages.RunAsync(new Uri(address), new Uri(elsewhere), int.Parse(seconds, CultureInfo.InvariantCulture), jobs);
    return 0;
}

var chosen = benchmarks.FirstOrDefault(benchmark => benchmark.Name == args.FirstOrDefault());
if (chosen is null)
{
    foreach (var benchmark in benchmarks)
        Console.WriteLine($"{benchmark.Name,-12} {benchmark.Summary}");
    return args.Length == 0 ? 0 : 2;
}

await chosen.RunAsync(BenchOptions.Parse(args[1..]));
return 0;
