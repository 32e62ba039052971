using System.Diagnostics.Metrics;
using JobTracker.Grains.Callbacks.Delivery;

namespace JobTracker.Grains.Callbacks;

/// <summary>The figures of callback delivery: meter <c>JobTracker.Callbacks</c>. Nothing in a tag comes from a caller.</summary>
internal sealed class CallbackMetrics
{
    public const string MeterName = "JobTracker.Callbacks";

    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _turnedAway;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public CallbackMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _attempts = _meter.CreateCounter<long>("jobtracker.callback.attempts", "{attempt}", "Attempts made, by outcome");
        _turnedAway = _meter.CreateCounter<long>(
            "jobtracker.callback.turned_away", "{callback}", "Callbacks left to the sweeper because the queue was full");
        _duration = _meter.CreateHistogram<double>("jobtracker.callback.attempt.duration", "s", "Time an attempt took, by outcome");
        _wait = _meter.CreateHistogram<double>("jobtracker.callback.queue.wait", "s", "Time a callback waited in memory for its attempt");
    }

    public void Attempted(CallbackAttempt attempt)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", attempt switch
        {
            { IsDelivered: true } => "delivered",
            { StatusCode: null } => "no_answer",
            _ => "refused",
        });
        _attempts.Add(1, outcome);
        _duration.Record(attempt.Duration.TotalSeconds, outcome);
    }

    public void TurnedAway() => _turnedAway.Add(1);

    public void Waited(TimeSpan wait) => _wait.Record(wait.TotalSeconds);

    public void Watch(Func<int> waiting, Func<int> running, Func<int> failingHosts)
    {
        _meter.CreateObservableGauge("jobtracker.callback.waiting", waiting, "{callback}", "Callbacks waiting in memory");
        _meter.CreateObservableGauge("jobtracker.callback.running", running, "{attempt}", "Attempts under way");
        _meter.CreateObservableGauge("jobtracker.callback.failing_hosts", failingHosts, "{host}", "Hosts that get one attempt at a time");
    }
}
