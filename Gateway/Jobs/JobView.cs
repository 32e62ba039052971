using System.Collections.Immutable;
using JobTracker.Gateway.Json;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>A job as HTTP shows it. Unset fields are null.</summary>
internal sealed record JobView
{
    public required string Id { get; init; }
    public required string OrganizationId { get; init; }
    public required string UserId { get; init; }
    public required string JobType { get; init; }
    public required JobStatus Status { get; init; }
    public string? StopReason { get; init; }
    public JobErrorView? Error { get; init; }
    public required long Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public long? TimeoutSeconds { get; init; }
    public long? HeartbeatTimeoutSeconds { get; init; }
    public DateTimeOffset? HeartbeatAt { get; init; }
    public bool Background { get; init; }
    public required RawJson Metadata { get; init; }
    public RawJson? RequestConfig { get; init; }
    public JobProgressView? Progress { get; init; }
    public string? ParentId { get; init; }
    public string? CallbackUrl { get; init; }
    public ImmutableArray<JobStatus>? CallbackEvents { get; init; }
    public DateTimeOffset? CallbackSentAt { get; init; }
    public int? CallbackStatusCode { get; init; }
    public string? CallbackError { get; init; }
    public int CallbackAttempts { get; init; }
    public DateTimeOffset? CallbackNextAttemptAt { get; init; }
    public DateTimeOffset? CallbackDeliveredAt { get; init; }
    public long? TtftNs { get; init; }
    public long? TotalDurationNs { get; init; }
    public required ImmutableArray<JobTransitionView> History { get; init; }
    public required string CreatedById { get; init; }
    public required string LastUpdatedById { get; init; }
    public JobNextView? Next { get; init; }

    public static JobView Of(JobSnapshot job) => new()
    {
        Id = job.Id.ToString(),
        OrganizationId = job.OrganizationId,
        UserId = job.UserId,
        JobType = job.JobType,
        Status = job.Status,
        StopReason = job.StopReason,
        Error = job.Error is { } error ? new JobErrorView(error.Code, error.Message) : null,
        Version = job.Version,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        StartedAt = job.StartedAt,
        CompletedAt = job.CompletedAt,
        ExpiresAt = job.ExpiresAt,
        TimeoutSeconds = (long?)job.Timeout?.TotalSeconds,
        HeartbeatTimeoutSeconds = (long?)job.HeartbeatTimeout?.TotalSeconds,
        HeartbeatAt = job.HeartbeatAt,
        Background = job.Background,
        Metadata = new RawJson(job.Metadata),
        RequestConfig = job.RequestConfig is { } config ? new RawJson(config) : null,
        Progress = job.Progress is { } progress ? new JobProgressView(progress.Completed, progress.Total, progress.Message) : null,
        ParentId = job.ParentId?.ToString(),
        CallbackUrl = job.Callback?.Url,
        CallbackEvents = job.Callback?.Events,
        CallbackSentAt = job.Callback?.SentAt,
        CallbackStatusCode = job.Callback?.StatusCode,
        CallbackError = job.Callback?.Error,
        CallbackAttempts = job.Callback?.Attempts ?? 0,
        CallbackNextAttemptAt = job.Callback?.NextAttemptAt,
        CallbackDeliveredAt = job.Callback?.DeliveredAt,
        TtftNs = job.TtftNs,
        TotalDurationNs = job.TotalDurationNs,
        History = ImmutableArray.CreateRange(job.History, step => new JobTransitionView(step.Status, step.At, step.By, step.StopReason)),
        CreatedById = job.CreatedById,
        LastUpdatedById = job.LastUpdatedById,
        Next = job.Next is { } next ? new JobNextView(next.What.Word, next.At, next.Attempt) : null,
    };
}

/// <summary>What went wrong, in the worker's words.</summary>
internal sealed record JobErrorView(string Code, string? Message);

/// <summary>How far the worker has come, in its own unit.</summary>
internal sealed record JobProgressView(long Completed, long? Total, string? Message);

/// <summary>One status that the job had.</summary>
internal sealed record JobTransitionView(JobStatus Status, DateTimeOffset At, string By, string? StopReason);

/// <summary>What happens next without anyone's command.</summary>
/// <param name="What">expire, timeout, heartbeat_due, callback_attempt or purge.</param>
/// <param name="At">When; for a heartbeat, by when the next one is due.</param>
/// <param name="Attempt">Of a callback: which attempt it is, from 1.</param>
internal sealed record JobNextView(string What, DateTimeOffset At, int? Attempt);

/// <summary>Which job is gone: the data of the event <c>deleted</c>.</summary>
internal sealed record DeletedView(string Id);
