using System.Diagnostics.Metrics;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Callbacks;

/// <summary>The figures of callback delivery. Nothing in an attribute comes from a caller.</summary>
internal sealed class CallbackMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _duration = Instrumentation.Of(meters).Histogram<double>(Metrics.CallbackAttempt);

    /// <param name="attempt">What came of it.</param>
    /// <param name="errorType">One of a few words, or a status; null where it was delivered.</param>
    public void Attempted(CallbackAttempt attempt, string? errorType)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", attempt switch
        {
            { IsDelivered: true } => "delivered",
            { StatusCode: null } => "no_answer",
            _ => "refused",
        });
        if (errorType is null)
            _duration.Record(attempt.Duration.TotalSeconds, outcome);
        else
            _duration.Record(attempt.Duration.TotalSeconds, outcome, new("error.type", errorType));
    }
}
