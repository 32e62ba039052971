namespace JobTracker.Jobs;

/// <summary>The command that changes a job: all of it or nothing. Fields that are not set are left alone.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.UpdateJob")]
public sealed record UpdateJob
{
    /// <summary>The status to enter. The current one is no transition and not refused, so that a repeated report is harmless.</summary>
    [Id(0)] public JobStatus? Status { get; init; }

    /// <summary><c>[a-z][a-z0-9_]{0,63}</c>.</summary>
    [Id(1)] public Change<string> StopReason { get; init; }

    [Id(2)] public Change<JobError> Error { get; init; }

    /// <summary>A JSON object, merged as RFC 7396 says: null removes a key.</summary>
    [Id(3)] public string? MetadataPatch { get; init; }

    [Id(4)] public Change<JobProgress> Progress { get; init; }
    [Id(5)] public Change<long?> TtftNs { get; init; }
    [Id(6)] public Change<long?> TotalDurationNs { get; init; }
    [Id(7)] public Change<DateTimeOffset?> ExpiresAt { get; init; }

    /// <summary>Refuses the change unless the job is at this version.</summary>
    [Id(8)] public long? ExpectedVersion { get; init; }

    /// <summary>
    /// Seals a group: it takes no more children, and ends when none of them is open. Refused of a job that is none, and of a group that
    /// ended without it.
    /// </summary>
    [Id(9)] public bool Seal { get; init; }
}

/// <summary>The command that cancels a job, whoever works on it.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.CancelJob")]
public sealed record CancelJob
{
    /// <summary><c>[a-z][a-z0-9_]{0,63}</c>.</summary>
    [Id(0)] public string StopReason { get; init; } = "cancelled";

    /// <summary>Refuses the cancellation unless the job is at this version.</summary>
    [Id(1)] public long? ExpectedVersion { get; init; }
}

/// <summary>The command that removes a job, whatever its status.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.DeleteJob")]
public sealed record DeleteJob
{
    /// <summary>Refuses the removal unless the job is at this version.</summary>
    [Id(0)] public long? ExpectedVersion { get; init; }
}

/// <summary>
/// The command by which a worker shows that it is alive. Refused once the job has ended, by which the worker learns of a cancellation.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.Heartbeat")]
public sealed record Heartbeat
{
    /// <summary>How far the work has come; null leaves it as it was.</summary>
    [Id(0)] public JobProgress? Progress { get; init; }
}

/// <summary>
/// The command that sends an ended job's callback again, at once and by a new round of the schedule; the <c>webhook-id</c> stays.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.RedeliverCallback")]
public sealed record RedeliverCallback
{
    /// <summary>Refuses the redelivery unless the job is at this version.</summary>
    [Id(0)] public long? ExpectedVersion { get; init; }
}

/// <summary>
/// The command that does an ended job's work again, as a new job of the same description. What has a deadline of its own
/// (<c>expires_at</c>) gets as long as the job had.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.RetryJob")]
public sealed record RetryJob
{
    /// <summary>
    /// The organization has as many open jobs as it may have: a new job is refused, and a repetition still told of its own.
    /// </summary>
    [Id(0)] public bool IsBeyondQuota { get; init; }
}

/// <summary>A field of a change: left alone (the default), or set to a value, null included.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.Change`1")]
public readonly record struct Change<T>([property: Id(0)] bool IsSet, [property: Id(1)] T? Value)
{
    /// <summary>The new value where there is one, else <paramref name="current"/>.</summary>
    public T? Or(T? current) => IsSet ? Value : current;
}

public static class Change
{
    public static Change<T> To<T>(T? value) => new(IsSet: true, value);
}
