using System.Diagnostics.Metrics;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>The figures of group commit.</summary>
internal sealed class CommitMetrics(IMeterFactory meters, TimeProvider clock)
{
    private readonly Meter _meter = Instrumentation.Of(meters);
    private readonly Histogram<long> _rows = Instrumentation.Of(meters).Histogram<long>(Metrics.CommitRows);
    private readonly Histogram<double> _duration = Instrumentation.Of(meters).Histogram<double>(Metrics.CommitDuration);

    private Func<int> _waiting = () => 0;

    /// <summary>How many writes wait now.</summary>
    public int Waiting => _waiting();

    /// <summary>The moment from which <see cref="Committed"/> counts.</summary>
    public long Begin() => clock.GetTimestamp();

    public void Committed(int rows, long began)
    {
        _rows.Record(rows);
        _duration.Record(clock.GetElapsedTime(began).TotalSeconds);
    }

    /// <param name="waiting">How many writes wait; asked for by every scrape.</param>
    public void Watch(Func<int> waiting)
    {
        _waiting = waiting;
        _meter.Gauge<int>(Metrics.StorageQueue, () => [new Measurement<int>(waiting())]);
    }
}
