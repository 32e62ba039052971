namespace JobTracker.Bench;

/// <summary>One benchmark of the list.</summary>
internal sealed record Benchmark(string Name, string Summary, Func<BenchOptions, Task> RunAsync);
