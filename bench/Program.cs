using JobTracker.Bench;
using JobTracker.Bench.Lifecycle;

// dotnet run -c Release --project bench -- NAME [--option value ...]; without NAME the list.
Benchmark[] benchmarks =
[
    new("lifecycle", "jobs created, started and completed through grains, against ADO.NET, memory and pgbench", LifecycleBenchmark.RunAsync),
];

var chosen = benchmarks.FirstOrDefault(benchmark => benchmark.Name == args.FirstOrDefault());
if (chosen is null)
{
    foreach (var benchmark in benchmarks)
        Console.WriteLine($"{benchmark.Name,-12} {benchmark.Summary}");
    return args.Length == 0 ? 0 : 2;
}

await chosen.RunAsync(BenchOptions.Parse(args[1..]));
return 0;
