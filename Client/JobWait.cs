using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Client;

/// <summary>How a wait for a job's end ended.</summary>
public abstract record JobWait
{
    private JobWait()
    {
    }

    /// <summary>The job has ended; <paramref name="Job"/> is terminal.</summary>
    public sealed record Ended(JobSnapshot Job) : JobWait;

    /// <summary>The longest wait has passed; <paramref name="Job"/> is the job as last seen, not terminal.</summary>
    public sealed record TimedOut(JobSnapshot Job) : JobWait;

    /// <summary>There is no such job, or it was deleted during the wait.</summary>
    public sealed record NotFound : JobWait;
}

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

/// <summary>How a wait for a batch's end ended.</summary>
public abstract record BatchWait
{
    private BatchWait()
    {
    }

    /// <summary>The batch has ended; <paramref name="Batch"/> is terminal and its results are complete.</summary>
    public sealed record Ended(BatchSnapshot Batch) : BatchWait;

    /// <summary>The longest wait has passed; <paramref name="Batch"/> is the batch as last seen, not terminal.</summary>
    public sealed record TimedOut(BatchSnapshot Batch) : BatchWait;

    /// <summary>There is no such batch.</summary>
    public sealed record NotFound : BatchWait;
}
