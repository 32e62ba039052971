using System.Text.Json.Nodes;

namespace JobTracker.Client;

/// <summary>What a worker says about a job that it completed, all of it optional.</summary>
public sealed record JobCompletion
{
    /// <summary><c>[a-z][a-z0-9_]{0,63}</c>, such as <c>end_turn</c>.</summary>
    public string? StopReason { get; init; }

    /// <summary>Null: from the job's start to its end.</summary>
    public TimeSpan? TotalDuration { get; init; }

    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Merged into the job's metadata (RFC 7396: null removes a key).</summary>
    public JsonObject? Metadata { get; init; }
}
