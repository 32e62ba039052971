using System.Collections.Immutable;

namespace JobTracker.Jobs;

/// <summary>The immutable public view of a job at one version. Times are UTC, to the microsecond; JSON travels as its text.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobSnapshot")]
public sealed record JobSnapshot
{
    [Id(0)] public required JobId Id { get; init; }
    [Id(1)] public required string OrganizationId { get; init; }
    [Id(2)] public required string UserId { get; init; }
    [Id(3)] public required string JobType { get; init; }
    [Id(4)] public required JobStatus Status { get; init; }

    /// <summary>1 at creation, +1 with every stored change.</summary>
    [Id(5)] public required long Version { get; init; }

    [Id(6)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(7)] public required DateTimeOffset UpdatedAt { get; init; }
    [Id(8)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Set once, on entering any terminal status; null before.</summary>
    [Id(9)] public DateTimeOffset? CompletedAt { get; init; }

    [Id(10)] public DateTimeOffset? ExpiresAt { get; init; }
    [Id(11)] public TimeSpan? Timeout { get; init; }
    [Id(12)] public TimeSpan? HeartbeatTimeout { get; init; }
    [Id(13)] public DateTimeOffset? HeartbeatAt { get; init; }
    [Id(14)] public string? StopReason { get; init; }
    [Id(15)] public JobError? Error { get; init; }
    [Id(16)] public bool Background { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(17)] public string Metadata { get; init; } = "{}";

    /// <summary>A JSON object, or null.</summary>
    [Id(18)] public string? RequestConfig { get; init; }

    [Id(19)] public JobProgress? Progress { get; init; }
    [Id(20)] public JobId? ParentId { get; init; }
    [Id(21)] public JobCallback? Callback { get; init; }

    /// <summary>Time to first token, in nanoseconds.</summary>
    [Id(22)] public long? TtftNs { get; init; }

    /// <summary>In nanoseconds; completed_at - started_at unless the caller gave one.</summary>
    [Id(23)] public long? TotalDurationNs { get; init; }

    /// <summary>Every status the job ever had, oldest first.</summary>
    [Id(24)] public required ImmutableArray<JobTransition> History { get; init; }

    [Id(25)] public required string CreatedById { get; init; }
    [Id(26)] public required string LastUpdatedById { get; init; }

    /// <summary>What happens next without anyone's command; null: nothing.</summary>
    [Id(27)] public JobNext? Next { get; init; }
}
