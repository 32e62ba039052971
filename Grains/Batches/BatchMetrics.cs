using System.Diagnostics.Metrics;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches;

/// <summary>The figures of batches: meter <c>JobTracker.Batches</c>. Accounts are named as the configuration names them.</summary>
internal sealed class BatchMetrics
{
    public const string MeterName = "JobTracker.Batches";

    private readonly Counter<long> _asked;
    private readonly Counter<long> _unknownStatus;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _lines;
    private readonly Counter<long> _woken;
    private readonly Counter<long> _wakeErrors;
    private readonly Histogram<double> _cycle;
    private readonly Histogram<long> _due;

    public BatchMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _asked = meter.CreateCounter<long>("jobtracker.batch.calls", "{call}", "Calls to providers, by account, step and outcome");
        _unknownStatus = meter.CreateCounter<long>(
            "jobtracker.batch.unknown_status", "{answer}", "Answers with a status that this version does not know");
        _ended = meter.CreateCounter<long>("jobtracker.batch.ended", "{batch}", "Batches that became terminal, by account and status");
        _lines = meter.CreateCounter<long>("jobtracker.batch.lines", "{line}", "Result lines, by what became of them");
        _woken = meter.CreateCounter<long>("jobtracker.batch.poller.woken", "{batch}", "Batches woken because something was due");
        _wakeErrors = meter.CreateCounter<long>(
            "jobtracker.batch.poller.errors", "{batch}", "Batches that could not be woken; they stay due");
        _cycle = meter.CreateHistogram<double>(
            "jobtracker.batch.poller.cycle.duration", "s", "Time the poller took to look for what is due");
        _due = meter.CreateHistogram<long>("jobtracker.batch.poller.due", "{batch}", "Batches that a cycle found due");
    }

    public void Asked(string provider, BatchStep step, string outcome) =>
        _asked.Add(1, new("provider", provider), new("step", step.ToString()), new("outcome", outcome));

    public void UnknownStatus(string provider) => _unknownStatus.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Ended(string provider, BatchStatus status) => _ended.Add(1, new("provider", provider), new("status", status.Word));

    public void Ingested(IngestTally tally)
    {
        Add("settled", tally.Settled);
        Add("same", tally.Same);
        Add("conflict", tally.Conflicts);
        Add("quarantined", tally.Quarantined);

        void Add(string outcome, long count)
        {
            if (count > 0)
                _lines.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public void Cycled(int due, TimeSpan duration)
    {
        _due.Record(due);
        _cycle.Record(duration.TotalSeconds);
    }

    public void Woken() => _woken.Add(1);

    public void WakeFailed() => _wakeErrors.Add(1);
}
