using System.Collections.Immutable;
using JobTracker.Callers;
using Orleans.Concurrency;

namespace JobTracker.Jobs;

/// <summary>
/// One job; its key is the text of its <see cref="JobId"/>. Every change is one turn, one decision and one guarded row write.
/// </summary>
/// <remarks>
/// Throws only what <c>JobTracker.Storage</c> names: <see cref="Storage.StorageUnavailableException"/> and <see
/// cref="Storage.StorageOverloadedException"/> (nothing was stored, repeat at will) and <see cref="Storage.OutcomeUnknownException"/> (read
/// the job to learn what became of the command).
/// </remarks>
[Alias("jobtracker.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the job under this grain's id, which must be new (<see cref="JobId.New"/>).
    /// AlreadyDone: the job that an earlier create under the same idempotency key made.
    /// </summary>
    [Alias("Create")]
    Task<JobOutcome> CreateAsync(Caller caller, CreateJob command);

    [Alias("Update")]
    Task<JobOutcome> UpdateAsync(Caller caller, UpdateJob command);

    /// <summary>AlreadyDone where the job is cancelled already; refused in any other terminal status.</summary>
    [Alias("Cancel")]
    Task<JobOutcome> CancelAsync(Caller caller, CancelJob command);

    /// <summary>
    /// A worker is alive. Heartbeats, and updates of nothing but progress, are stored at most once a second (<c>Jobs:CoalesceTime</c>): the
    /// answer and every read show the newest at once, under the version that is stored; a watch brings it with the next version.
    /// </summary>
    [Alias("Heartbeat")]
    Task<JobOutcome> HeartbeatAsync(Caller caller, Heartbeat command);

    /// <summary>Accepted carries the job as it was.</summary>
    [Alias("Delete")]
    Task<JobOutcome> DeleteAsync(Caller caller, DeleteJob command);

    /// <summary>
    /// The service's own: does whatever the job needs by itself now, and returns when that is stored. Harmless at any time, however often.
    /// </summary>
    [Alias("Wake")]
    Task WakeAsync();

    /// <summary>The last committed snapshot, without waiting for a change under way; null where there is no such job.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<JobSnapshot?> GetAsync(Caller caller);

    /// <summary>
    /// The versions after <paramref name="afterVersion"/> as soon as there is one, or an empty answer after <paramref name="timeout"/>
    /// (5 s at most, whatever was asked for; earlier when the silo stops). Null where there is no such job, or it was deleted meanwhile.
    /// A caller loops with the last version it saw, and so misses no end across failures.
    /// </summary>
    [AlwaysInterleave, Alias("WaitForChange")]
    Task<JobChanges?> WaitForChangeAsync(Caller caller, long afterVersion, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>
    /// Sends the callback again, from the first attempt on; refused unless the job has ended in a status that its callback tells.
    /// </summary>
    [Alias("RedeliverCallback")]
    Task<JobOutcome> RedeliverCallbackAsync(Caller caller, RedeliverCallback command);

    /// <summary>
    /// Makes a new job that does this one's work again; refused unless this one failed, expired or was cancelled. Accepted carries the new
    /// job; AlreadyDone: the one that an earlier retry made. A repetition finishes what an earlier one began.
    /// </summary>
    [Alias("Retry")]
    Task<JobOutcome> RetryAsync(Caller caller, RetryJob command);

    /// <summary>The last attempts of the job's callback; null where there is no such job.</summary>
    [AlwaysInterleave, Alias("GetCallbackAttempts")]
    Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(Caller caller);
}

/// <summary>
/// What a watcher has not seen yet, oldest version first; the last one is the job as it is. Empty: nothing happened in the time given.
/// </summary>
/// <remarks>
/// A job remembers its last 16 versions while it is watched: a watcher that
/// fell further behind finds a gap in the versions, never a missing end.
/// </remarks>
[GenerateSerializer, Immutable, Alias("jobtracker.JobChanges")]
public sealed record JobChanges([property: Id(0)] ImmutableArray<JobSnapshot> Snapshots);
