using System.Collections.Immutable;
using JobTracker.Batches;

namespace JobTracker.Jobs;

/// <summary>What became of a command. A refusal is a value; an exception means broken storage, overload or a bug.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome")]
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The change is stored; <paramref name="Job"/> is the job after it (before it, where it was removed).</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.Accepted")]
    public sealed record Accepted([property: Id(0)] JobSnapshot Job) : JobOutcome;

    /// <summary>There was nothing left to do: the job stands as it was asked for, by an earlier command.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.AlreadyDone")]
    public sealed record AlreadyDone([property: Id(0)] JobSnapshot Job) : JobOutcome;

    /// <summary>Nothing was changed, for this reason.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.Refused")]
    public sealed record Refused([property: Id(0)] Refusal Reason) : JobOutcome;

    /// <summary>There is no such job, or it is another organization's.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.JobOutcome.NotFound")]
    public sealed record NotFound : JobOutcome;
}

/// <summary>Why a command changed nothing.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.Refusal")]
public abstract record Refusal
{
    private Refusal()
    {
    }

    /// <summary>The table has no such transition. <paramref name="StopReason"/> tells a late worker why the job ended without it.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.TransitionNotAllowed")]
    public sealed record TransitionNotAllowed(
        [property: Id(0)] JobStatus From,
        [property: Id(1)] JobStatus To,
        [property: Id(2)] ImmutableArray<JobStatus> Allowed,
        [property: Id(3)] string? StopReason) : Refusal;

    /// <summary>The job has ended; of its fields only metadata may still change.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.JobHasEnded")]
    public sealed record JobHasEnded(
        [property: Id(0)] JobStatus Status,
        [property: Id(1)] string? StopReason,
        [property: Id(2)] ImmutableArray<string> Fields) : Refusal;

    /// <summary>The command asked for another version than the job's.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.VersionMismatch")]
    public sealed record VersionMismatch([property: Id(0)] long Expected, [property: Id(1)] long Actual) : Refusal;

    /// <summary>The key was used for something else.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.IdempotencyKeyReused")]
    public sealed record IdempotencyKeyReused([property: Id(0)] string Key) : Refusal;

    /// <summary>A value out of its range; <paramref name="Field"/> in the words of the HTTP API.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.InvalidField")]
    public sealed record InvalidField([property: Id(0)] string Field, [property: Id(1)] string Problem) : Refusal;

    /// <summary>The organization has as many open jobs as it may have.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.OpenJobsQuota")]
    public sealed record OpenJobsQuota : Refusal;

    /// <summary>There is no callback to send again; <paramref name="Problem"/> is a sentence that says why.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.NothingToRedeliver")]
    public sealed record NothingToRedeliver([property: Id(0)] JobStatus Status, [property: Id(1)] string Problem) : Refusal;

    /// <summary>There is nothing to do again: the job has not ended, or it has completed.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.NothingToRetry")]
    public sealed record NothingToRetry([property: Id(0)] JobStatus Status) : Refusal;

    /// <summary>
    /// The job is a batch's own, and only the batch changes it: cancel or delete that instead. Callers may change its metadata.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.JobFollowsBatch")]
    public sealed record JobFollowsBatch([property: Id(0)] BatchId Batch) : Refusal;

    /// <summary>The parent is a group that takes no more children: it is sealed, or has ended.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.Refusal.GroupSealed")]
    public sealed record GroupSealed([property: Id(0)] JobId Group, [property: Id(1)] JobStatus Status) : Refusal;
}
