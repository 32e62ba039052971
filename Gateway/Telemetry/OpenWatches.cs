using System.Diagnostics.Metrics;
using JobTracker.Telemetry;

namespace JobTracker.Gateway.Telemetry;

/// <summary>Counts the connections that follow a job, while they do.</summary>
internal sealed class OpenWatches(IMeterFactory meters)
{
    private readonly UpDownCounter<long> _open = Instrumentation.Of(meters).UpDown(Metrics.StreamOpen);

    /// <summary>An event stream; it ends when what is returned is disposed.</summary>
    public IDisposable Events() => new Watch(_open, "events");

    /// <summary>A read that waits.</summary>
    public IDisposable Wait() => new Watch(_open, "wait");

    private sealed class Watch : IDisposable
    {
        private readonly UpDownCounter<long> _open;
        private readonly KeyValuePair<string, object?> _kind;

        public Watch(UpDownCounter<long> open, string kind)
        {
            (_open, _kind) = (open, new("kind", kind));
            _open.Add(1, _kind);
        }

        public void Dispose() => _open.Add(-1, _kind);
    }
}
