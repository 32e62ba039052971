using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace JobTracker.Telemetry;

/// <summary>The one source of spans and the one meter of the program. Their cost is nothing while nobody listens.</summary>
internal static class Instrumentation
{
    /// <summary>The name of both.</summary>
    public const string Name = "JobTracker";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The span that is being recorded; null: none is, and nobody will see what hangs below one that is not.</summary>
    public static Activity? Recorded => Activity.Current is { Recorded: true } current ? current : null;

    /// <summary>A span below <see cref="Recorded"/>; null where nothing is: no trace begins in the middle of the program.</summary>
    public static Activity? StartBelow(string name) => Recorded is null ? null : Source.StartActivity(name);

    /// <summary>The same meter for whoever asks in one process: the factory keeps it.</summary>
    public static Meter Of(IMeterFactory meters) => meters.Create(Name);

    private static T Of<T>(double bound)
        where T : struct => (T)Convert.ChangeType(bound, typeof(T), CultureInfo.InvariantCulture);

    extension(Meter meter)
    {
        public Counter<long> Counter(Metric metric) => meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Meaning);

        public UpDownCounter<long> UpDown(Metric metric) => meter.CreateUpDownCounter<long>(metric.Name, metric.Unit, metric.Meaning);

        /// <summary>The boundaries are an advice, which the SDK takes unless a view says otherwise.</summary>
        public Histogram<T> Histogram<T>(Metric metric)
            where T : struct => meter.CreateHistogram(
            metric.Name, metric.Unit, metric.Meaning, tags: null,
            new InstrumentAdvice<T> { HistogramBucketBoundaries = [.. metric.Boundaries.Select(Of<T>)] });

        /// <summary>What is observed must be known already: it is asked for by every scrape.</summary>
        public ObservableGauge<T> Gauge<T>(Metric metric, Func<IEnumerable<Measurement<T>>> observe)
            where T : struct => meter.CreateObservableGauge(metric.Name, observe, metric.Unit, metric.Meaning);
    }
}
