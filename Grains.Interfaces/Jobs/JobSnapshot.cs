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

    /// <summary>What the job was tagged with when it was made, in the order of the alphabet.</summary>
    [Id(28)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Null: the job is no group.</summary>
    [Id(40)] public JobGroup? Group { get; init; }

    /// <summary>
    /// Of a group: how its children stood when it was read, which moves without a version of the group. Null: it is none, or they could not
    /// be counted just then.
    /// </summary>
    [Id(41)] public ChildCounts? Children { get; init; }

    /// <summary>The job whose work this one does again; null: it does none again.</summary>
    [Id(42)] public JobId? RetryOf { get; init; }

    /// <summary>1, and one more than that of the job that it is a retry of.</summary>
    [Id(43)] public int Attempt { get; init; } = 1;

    /// <summary>The job that does this one's work again; null: there is none.</summary>
    [Id(44)] public JobId? RetriedBy { get; init; }
}

/// <summary>What went wrong, in the worker's words.</summary>
/// <param name="Code">1 to 128 characters.</param>
/// <param name="Message">At most 8,192 characters.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobError")]
public sealed record JobError([property: Id(0)] string Code, [property: Id(1)] string? Message);

/// <summary>How far a worker has come.</summary>
/// <param name="Completed">Units done, 0 or more, in the worker's own unit.</param>
/// <param name="Total">Units in all, at least <paramref name="Completed"/>; null while unknown.</param>
/// <param name="Message">At most 1,024 characters.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobProgress")]
public sealed record JobProgress([property: Id(0)] long Completed, [property: Id(1)] long? Total, [property: Id(2)] string? Message);

/// <summary>One entry of a job's history: which status it entered, when, by whom and why.</summary>
/// <param name="By">A user id, or <c>system</c> where the service acted by itself.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobTransition")]
public sealed record JobTransition(
    [property: Id(0)] JobStatus Status,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string By,
    [property: Id(3)] string? StopReason);

/// <summary>What happens to a job next without anyone's command, by the very rule that will act on it.</summary>
/// <param name="At">The moment; the service acts within two sweeps of it. For
/// a heartbeat, the moment by which the next sign of life is due.</param>
/// <param name="Attempt">Of a callback: which attempt it is, from 1.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.JobNext")]
public sealed record JobNext([property: Id(0)] JobNeed What, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int? Attempt = null);

/// <summary>What a job may need by itself. Where two are due at one moment, the first of this list goes first.</summary>
[GenerateSerializer, Alias("jobtracker.JobNeed")]
public enum JobNeed
{
    /// <summary><c>expires_at</c>: the job is expired.</summary>
    Expire = 0,

    /// <summary><c>timeout_seconds</c> after it began to run: the job fails.</summary>
    Timeout = 1,

    /// <summary><c>heartbeat_timeout_seconds</c> after the last sign of life: the job fails.</summary>
    HeartbeatDue = 2,

    /// <summary>The receiver of the callback is to be told.</summary>
    CallbackAttempt = 3,

    /// <summary>The job has been kept for as long as it was to be: it is removed.</summary>
    Purge = 4,
}

/// <summary>Facts about <see cref="JobNeed"/>.</summary>
public static class JobNeedFacts
{
    extension(JobNeed need)
    {
        /// <summary>The word for it in JSON and logs.</summary>
        public string Word => need switch
        {
            JobNeed.Expire => "expire",
            JobNeed.Timeout => "timeout",
            JobNeed.HeartbeatDue => "heartbeat_due",
            JobNeed.CallbackAttempt => "callback_attempt",
            JobNeed.Purge => "purge",
        };

        /// <summary>It ends the job.</summary>
        public bool IsDeadline => need switch
        {
            JobNeed.Expire or JobNeed.Timeout or JobNeed.HeartbeatDue => true,
            JobNeed.CallbackAttempt or JobNeed.Purge => false,
        };
    }
}

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
