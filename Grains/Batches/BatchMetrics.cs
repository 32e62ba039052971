using System.Diagnostics.Metrics;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Batches;

/// <summary>The figures of batches. Accounts are named as the configuration names them.</summary>
internal sealed class BatchMetrics
{
    private readonly Counter<long> _items;
    private readonly Histogram<double> _cycle;
    private readonly Histogram<double> _calls;

    public BatchMetrics(IMeterFactory meters)
    {
        var meter = Instrumentation.Of(meters);
        _items = meter.Counter(Metrics.BatchItems);
        _cycle = meter.Histogram<double>(Metrics.PollerCycle);
        _calls = meter.Histogram<double>(Metrics.ProviderRequest);
    }

    public void Cycled(TimeSpan duration) => _cycle.Record(duration.TotalSeconds);

    /// <param name="errorType">The class of the error; null: it was answered.</param>
    public void Asked(string provider, string operation, TimeSpan duration, string? errorType)
    {
        if (errorType is null)
            _calls.Record(duration.TotalSeconds, new("provider", provider), new("operation", operation));
        else
            _calls.Record(duration.TotalSeconds, new("provider", provider), new("operation", operation), new("error.type", errorType));
    }

    public void Settled(string provider, IngestTally tally)
    {
        Settled(provider, ItemStatus.Completed, tally.Completed);
        Settled(provider, ItemStatus.Failed, tally.Failed);
        Settled(provider, ItemStatus.Cancelled, tally.Cancelled);
        Settled(provider, ItemStatus.Expired, tally.Expired);
    }

    public void Settled(string provider, ItemStatus status, long count)
    {
        if (count > 0)
            _items.Add(count, new("provider", provider), new("status", status.Word));
    }
}
