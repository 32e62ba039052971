using System.Diagnostics;
using JobTracker.Bench.Lifecycle;
using JobTracker.Gateway.Telemetry;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace JobTracker.Bench.Telemetry;

/// <summary>
/// What it costs to be seen: the life of a job as in the benchmark "lifecycle", in turn without telemetry, with all metrics read once a
/// second, with metrics and every twentieth trace, and with metrics and every trace. What is exported is dropped, so that no network is
/// measured. Each call is made as within a request, which begins a trace where anybody listens. Each round's ratio is against the same
/// round's run without.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int ReadMilliseconds = 1_000;

    public static async Task RunAsync(BenchOptions options)
    {
        var rounds = options.Get("rounds", 3);
        var seconds = TimeSpan.FromSeconds(options.Get("seconds", 8));
        var concurrency = options.Get("concurrency", 512);
        await using var server = await PostgresServer.StartAsync();
        (string Name, Action<ISiloBuilder>? Add)[] contenders =
        [
            ("none", null),
            ("metrics", silo => AddMetrics(silo)),
            ("sampled", silo => AddTraces(AddMetrics(silo), new TraceIdRatioBasedSampler(0.05))),
            ("traced", silo => AddTraces(AddMetrics(silo), new AlwaysOnSampler())),
        ];

        var results = contenders.ToDictionary(contender => contender.Name, _ => new List<double>());
        // Round 0 is not counted: whoever comes first would pay for the compilation of the code that all share.
        for (var round = 0; round <= rounds; round++)
        {
            // Each round begins with another: who comes later finds warmer code and a fuller disk.
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var (name, add) = contenders[(round + turn) % contenders.Length];
                var perSecond = await GrainContender.OnJobTrackerAsync(server, concurrency, seconds, add);
                if (round > 0)
                    results[name].Add(perSecond);
                Console.WriteLine($"round {round} of {rounds}: {name,-12} {perSecond,8:0} jobs/s");
            }
        }

        foreach (var (name, perSecond) in results)
            Figures.Figure($"telemetry_{name}", perSecond.Median(), "jobs/s");
        foreach (var (name, perSecond) in results.Where(result => result.Key != "none"))
            Figures.Ratio($"telemetry_{name}_to_none", perSecond.Zip(results["none"], (own, none) => own / none).Median());
    }

    private static ISiloBuilder AddMetrics(ISiloBuilder silo)
    {
        silo.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddJobTrackerMeters()
            .AddReader(new PeriodicExportingMetricReader(new Nowhere<Metric>(), ReadMilliseconds)));
        return silo;
    }

    private static void AddTraces(ISiloBuilder silo, Sampler sampler)
    {
        silo.AddCallTracing();
        silo.Services.AddOpenTelemetry().WithTracing(traces => traces.AddJobTrackerSources().AddSource(JobLoad.Requests.Name)
            .SetSampler(new ParentBasedSampler(sampler))
            .AddProcessor(new BatchActivityExportProcessor(new Nowhere<Activity>())));
    }

    private sealed class Nowhere<T> : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var _ in batch)
            {
                // Read, as an exporter would.
            }
            return ExportResult.Success;
        }
    }
}
