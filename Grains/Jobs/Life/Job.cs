using JobTracker.Batches;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>A job as it is stored: its public view, and what only the service needs to know.</summary>
/// <remarks>
/// Immutable. Each <c>Decide</c> is a pure function of a job, a command and an <see cref="Act"/>; they stand in files of their own.
/// </remarks>
internal sealed partial record Job
{
    public required JobSnapshot Snapshot { get; init; }
    public string? IdempotencyKey { get; init; }
    public string? Fingerprint { get; init; }

    public CallbackLog CallbackLog { get; init; } = CallbackLog.Empty;

    /// <summary>The batch that this job follows: it alone writes the job's outcome. Null: the job is nobody's but its callers'.</summary>
    public BatchId? BatchId { get; init; }

    /// <summary>The last operation that acted on it; null: none did.</summary>
    public OperationId? OperationId { get; init; }

    /// <summary>When the job next needs attention by itself; null: never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    private static Refusal.VersionMismatch? Mismatch(long? expected, long actual) =>
        expected is { } version && version != actual ? new Refusal.VersionMismatch(version, actual) : null;

    /// <summary>Stores <paramref name="next"/> as the version after this one, unless nothing changed.</summary>
    private Decision StoreIfChanged(JobSnapshot next, Act act, bool mayWait = false) =>
        next == Snapshot
            ? new Decision.Keep()
            : new Decision.Store(
                this with { Snapshot = next with { Version = Snapshot.Version + 1, UpdatedAt = act.At, LastUpdatedById = act.By } },
                mayWait);

    public Job With(JobSnapshot snapshot) => ReferenceEquals(snapshot, Snapshot) ? this : this with { Snapshot = snapshot };

    /// <summary>The same job as a version of its own, so that it can be stored.</summary>
    public Job NextVersion() => this with { Snapshot = Snapshot with { Version = Snapshot.Version + 1 } };

    private Refusal.TransitionNotAllowed NotAllowed(JobStatus to) =>
        new(Snapshot.Status, to, JobLifecycle.AllowedFrom(Snapshot.Status), Snapshot.StopReason);
}
