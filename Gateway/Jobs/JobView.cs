using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>A job as HTTP shows it. Unset fields are null.</summary>
internal sealed record JobView
{
    /// <summary>What every path about the job names.</summary>
    [RegularExpression(Ids.JobPattern)]
    public required string Id { get; init; }

    /// <summary>Whose job it is.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Who made it.</summary>
    public required string UserId { get; init; }

    /// <summary>job, run, batch, or another word of its maker.</summary>
    public required string JobType { get; init; }

    /// <summary>Where it stands; completed, failed, cancelled and expired are final.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Why it stopped.</summary>
    public string? StopReason { get; init; }

    /// <summary>What went wrong.</summary>
    public JobErrorView? Error { get; init; }

    /// <summary>1 at first, and one more with every change: the ETag and the id of an event.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it began to run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, whichever way.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it is expired unless it has ended.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long it may run.</summary>
    public long? TimeoutSeconds { get; init; }

    /// <summary>How long it may run without a sign of life.</summary>
    public long? HeartbeatTimeoutSeconds { get; init; }

    /// <summary>The last sign of life.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Whether its maker said that it runs in the background.</summary>
    public bool Background { get; init; }

    /// <summary>What its maker and its workers keep with it.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>What the work was asked to do.</summary>
    public RawJson? RequestConfig { get; init; }

    /// <summary>How far the work has come.</summary>
    public JobProgressView? Progress { get; init; }

    /// <summary>The job that this one belongs to.</summary>
    public string? ParentId { get; init; }

    /// <summary>What it was tagged with when it was made, in the order of the alphabet.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>Whether it is a group: it ends by itself when it is sealed and none of its children is open.</summary>
    public bool Group { get; init; }

    /// <summary>Of a group: whether it takes no more children.</summary>
    public bool? Sealed { get; init; }

    /// <summary>Of a group: continue or cancel, what a child that failed or expired means for the open ones.</summary>
    public string? OnChildFailure { get; init; }

    /// <summary>
    /// Of a group: how its children stand at this moment, exactly; it moves without a version of the group. Null where they could not be
    /// counted just now.
    /// </summary>
    public ChildCountsView? Children { get; init; }

    /// <summary>Where its end is told.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>The statuses that are told.</summary>
    public ImmutableArray<JobStatus>? CallbackEvents { get; init; }

    /// <summary>When the last attempt to tell it was made.</summary>
    public DateTimeOffset? CallbackSentAt { get; init; }

    /// <summary>What the receiver answered then; null: nothing.</summary>
    public int? CallbackStatusCode { get; init; }

    /// <summary>Why that attempt failed.</summary>
    public string? CallbackError { get; init; }

    /// <summary>How many attempts were made.</summary>
    public int CallbackAttempts { get; init; }

    /// <summary>When the next one is due.</summary>
    public DateTimeOffset? CallbackNextAttemptAt { get; init; }

    /// <summary>When the receiver took it.</summary>
    public DateTimeOffset? CallbackDeliveredAt { get; init; }

    /// <summary>Time to the first token, in nanoseconds.</summary>
    public long? TtftNs { get; init; }

    /// <summary>From started_at to completed_at unless its worker said otherwise, in nanoseconds.</summary>
    public long? TotalDurationNs { get; init; }

    /// <summary>Every status that it had, oldest first.</summary>
    public required ImmutableArray<JobTransitionView> History { get; init; }

    /// <summary>The user who made it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>The user, or the part of the service, that changed it last.</summary>
    public required string LastUpdatedById { get; init; }

    /// <summary>What happens next without anyone's command; null: nothing.</summary>
    public JobNextView? Next { get; init; }

    /// <summary>The job whose work this one does again.</summary>
    public string? RetryOf { get; init; }

    /// <summary>1, and one more with every retry.</summary>
    public int Attempt { get; init; }

    /// <summary>The job that does this one's work again.</summary>
    public string? RetriedBy { get; init; }

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
        Tags = job.Tags,
        Group = job.Group is not null,
        Sealed = job.Group?.IsSealed,
        OnChildFailure = job.Group?.OnChildFailure.Word,
        Children = job.Children is { } children ? ChildCountsView.Of(children) : null,
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
        RetryOf = job.RetryOf?.ToString(),
        Attempt = job.Attempt,
        RetriedBy = job.RetriedBy?.ToString(),
    };
}

/// <summary>What went wrong, in the worker's words.</summary>
/// <param name="Code">What programs branch on.</param>
/// <param name="Message">What people read.</param>
internal sealed record JobErrorView(string Code, string? Message);

/// <summary>How far the work has come, in a unit of the worker's own.</summary>
/// <param name="Completed">How much is done.</param>
/// <param name="Total">How much there is, where it is known.</param>
/// <param name="Message">What people read.</param>
internal sealed record JobProgressView(long Completed, long? Total, string? Message);

/// <summary>One status that the job had.</summary>
/// <param name="Status">The status.</param>
/// <param name="At">When it was entered.</param>
/// <param name="By">The user, or the part of the service, that moved it there.</param>
/// <param name="StopReason">Why, where the job stopped.</param>
internal sealed record JobTransitionView(JobStatus Status, DateTimeOffset At, string By, string? StopReason);

/// <summary>What happens next without anyone's command.</summary>
/// <param name="What">expire, timeout, heartbeat_due, callback_attempt or purge.</param>
/// <param name="At">When; for a heartbeat, by when the next one is due.</param>
/// <param name="Attempt">Of a callback: which attempt it is, from 1.</param>
internal sealed record JobNextView(string What, DateTimeOffset At, int? Attempt);

/// <summary>Which job is gone: the data of the event `deleted`.</summary>
/// <param name="Id">The job's id.</param>
internal sealed record DeletedView(string Id);
