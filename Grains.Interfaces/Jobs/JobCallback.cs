using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>Who must be told when the job ends, and how the telling stands.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobCallback")]
public sealed record JobCallback
{
    /// <summary>http or https, no credentials, at most 2,048 characters.</summary>
    [Id(0)] public required string Url { get; init; }

    /// <summary>The terminal statuses that are told; never empty.</summary>
    [Id(1)] public required ImmutableArray<JobStatus> Events { get; init; }

    /// <summary>When the last attempt began.</summary>
    [Id(2)] public DateTimeOffset? SentAt { get; init; }

    [Id(3)] public int? StatusCode { get; init; }
    [Id(4)] public string? Error { get; init; }
    [Id(5)] public int Attempts { get; init; }

    /// <summary>Null: nothing is owed (not yet, delivered, or given up).</summary>
    [Id(6)] public DateTimeOffset? NextAttemptAt { get; init; }

    [Id(7)] public DateTimeOffset? DeliveredAt { get; init; }
}
