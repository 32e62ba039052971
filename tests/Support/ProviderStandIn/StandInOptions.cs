using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn;

/// <summary>How a stand-in is started.</summary>
public sealed record StandInOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    public BatchPace Pace { get; init; } = new();
}
