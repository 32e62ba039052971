using System.Diagnostics.Metrics;
using JobTracker.Grains.Storage;
using JobTracker.Jobs;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Sweeper;

/// <summary>The sweeper's figures: its own, and what it read of all jobs, which only the silo that has the sweeper tells.</summary>
internal sealed class SweeperMetrics
{
    private readonly Histogram<double> _lag;
    private readonly ObservableGauge<long> _open;
    private readonly TimeProvider _clock;
    private volatile Reading? _last;

    public SweeperMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = Instrumentation.Of(meters);
        _lag = meter.Histogram<double>(Metrics.SweeperLag);
        _open = meter.Gauge<long>(Metrics.JobOpen, () => OfOpen(open => open.Count));
        meter.Gauge<double>(Metrics.JobOldestAge, () => OfOpen(open => Age(open.Oldest)));
        meter.Gauge<long>(Metrics.CallbackOwed, () => Current is { } figures ? [new(figures.OwedCallbacks)] : []);
        meter.Gauge<double>(Metrics.CallbackOldestAge, () => Current is { } figures ? [new(Age(figures.OldestOwed))] : []);
    }

    /// <summary>Whether anybody looks: for nobody nothing is read.</summary>
    public bool IsWatched => _open.Enabled;

    private JobFigures? Current => _last is { } last && _clock.GetUtcNow() < last.GoodUntil ? last.Figures : null;

    public void Swept(SweepReport report) => _lag.Record(report.Lag.TotalSeconds);

    /// <param name="figures">What was read.</param>
    /// <param name="goodFor">After so long without another reading there is nothing to tell: another silo may have the sweeper.</param>
    public void Show(JobFigures figures, TimeSpan goodFor) => _last = new Reading(figures, _clock.GetUtcNow() + goodFor);

    public void Hide() => _last = null;

    /// <summary>All statuses at every time: what is none would else stay at its last value in a graph.</summary>
    private IEnumerable<Measurement<T>> OfOpen<T>(Func<OpenJobs, T> figure)
        where T : struct
    {
        if (Current is not { } figures)
            yield break;
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            if (!status.IsTerminal)
                yield return new Measurement<T>(
                    figure(figures.Open.FirstOrDefault(open => open.Status == status)), new KeyValuePair<string,
                    object?>("status", status.Word));
        }
    }

    /// <summary>Zero where there is none.</summary>
    private double Age(DateTimeOffset? since) => since is { } moment ? Math.Max(0, (_clock.GetUtcNow() - moment).TotalSeconds) : 0;

    private sealed record Reading(JobFigures Figures, DateTimeOffset GoodUntil);
}
