using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Recording;

/// <summary>One request, written down on arrival; status and sizes are final once <see cref="Answered"/> is done.</summary>
public sealed class JournalEntry
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Arrival, on the stand-in's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as sent.</summary>
    public required string Path { get; init; }

    /// <summary>The Host header: <c>127.0.0.1:port</c>.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// The request came to the port that only <c>results_url</c> names: the client dialled an address it found in an answer.
    /// </summary>
    public required bool Elsewhere { get; init; }

    public required string ApiKey { get; init; }

    /// <summary>How the key came: <c>x-api-key</c>, <c>authorization</c> (a bearer token), <c>api-key</c>, or "" without one.</summary>
    public required string KeyHeader { get; init; }

    public required StandInRoute Route { get; init; }

    /// <summary>Bytes of the body that the stand-in read.</summary>
    public long RequestBytes { get; internal set; }

    /// <summary>Bytes of the body that it sent, compressed where the fault says so.</summary>
    public long ResponseBytes { get; internal set; }

    public int Status { get; internal set; }

    /// <summary>The fault that was spent on this request.</summary>
    public FaultKind? Fault { get; internal set; }

    /// <summary>Done when the stand-in is through with the request, also when it broke the connection.</summary>
    public Task Answered => _answered.Task;

    internal void Close() => _answered.TrySetResult();
}
