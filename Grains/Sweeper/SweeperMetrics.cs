using System.Diagnostics.Metrics;

namespace JobTracker.Grains.Sweeper;

/// <summary>The figures of the sweeps: meter <c>JobTracker.Sweeper</c>.</summary>
internal sealed class SweeperMetrics
{
    public const string MeterName = "JobTracker.Sweeper";

    private readonly Counter<long> _woken;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;

    public SweeperMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _woken = meter.CreateCounter<long>("jobtracker.sweeper.woken", "{job}", "Jobs woken because something was due");
        _failed = meter.CreateCounter<long>("jobtracker.sweeper.failed", "{job}", "Jobs that could not do what was due; they stay due");
        _duration = meter.CreateHistogram<double>("jobtracker.sweeper.duration", "s", "Time a sweep took");
        _lag = meter.CreateHistogram<double>("jobtracker.sweeper.lag", "s", "How long the most belated job of a sweep had been due");
    }

    public void Swept(SweepReport report)
    {
        _woken.Add(report.Woken);
        _failed.Add(report.Failed);
        _duration.Record(report.Duration.TotalSeconds);
        _lag.Record(report.Lag.TotalSeconds);
    }
}
