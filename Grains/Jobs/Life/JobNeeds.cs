using JobTracker.Grains.Callbacks;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>
/// What a job needs by itself, and when: the one rule behind <c>due_at</c>,
/// behind what a woken job does, and behind the <c>next</c> that callers read.
/// </summary>
internal sealed class JobNeeds(IOptions<RetentionOptions> retention, IOptions<CallbackOptions> callbacks)
{
    /// <summary>How long the sweeper leaves an attempt to a silo that has it in hand, at most.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An attempt that is due in a write is made by the silo that wrote it, as soon as it can. The sweeper comes for it only when that silo
    /// must have failed: when the attempt has had twice the time it may take.
    /// </summary>
    private TimeSpan ShortestGrace => callbacks.Value.Timeout * 2;

    /// <summary>The job with its plan: what comes next for those who read it, and when the sweeper shall come.</summary>
    public Job Planned(Job job)
    {
        var snapshot = Explained(job.Snapshot);
        DateTimeOffset? due = snapshot.Next is { } next ? DueAt(next, snapshot).ToMicroseconds() : null;
        return ReferenceEquals(snapshot, job.Snapshot) && due == job.DueAt ? job : job with { Snapshot = snapshot, DueAt = due };
    }

    /// <summary>
    /// The snapshot as it may be shown: rows do not carry what follows from the rest of them. One that says it already is not copied.
    /// </summary>
    public JobSnapshot Explained(JobSnapshot job) => NextOf(job) is var next && next == job.Next ? job : job with { Next = next };

    /// <summary>What is due now, the earliest first; null: nothing.</summary>
    /// <param name="unheard">
    /// How much longer the worker may have been heard of than the job shows: what a crash loses of the heartbeats that were answered before
    /// they were stored.
    /// </param>
    public JobNext? DueOf(JobSnapshot job, DateTimeOffset now, TimeSpan unheard) =>
        Of(job).Where(need => need.At + (need.What == JobNeed.HeartbeatDue ? unheard : TimeSpan.Zero) <= now).MinBy(Order);

    private JobNext? NextOf(JobSnapshot job) => Of(job).MinBy(Order);

    private static (DateTimeOffset, JobNeed) Order(JobNext need) => (need.At, need.What);

    private IEnumerable<JobNext> Of(JobSnapshot job) => job.Status.IsTerminal ? AfterEnd(job) : BeforeEnd(job);

    private static IEnumerable<JobNext> BeforeEnd(JobSnapshot job)
    {
        if (job.ExpiresAt is { } expiresAt)
            yield return new JobNext(JobNeed.Expire, expiresAt);
        var startedAt = job.Status is JobStatus.Running ? job.StartedAt : null;
        if (startedAt + job.Timeout is { } tooLong)
            yield return new JobNext(JobNeed.Timeout, tooLong);
        var lastSign = job.HeartbeatAt > startedAt ? job.HeartbeatAt : startedAt;
        if (lastSign + job.HeartbeatTimeout is { } silent)
            yield return new JobNext(JobNeed.HeartbeatDue, silent);
    }

    /// <summary>A callback that is owed holds the purge back, however long it takes.</summary>
    private IEnumerable<JobNext> AfterEnd(JobSnapshot job)
    {
        if (job.Callback is { NextAttemptAt: { } attemptAt } callback)
            yield return new JobNext(JobNeed.CallbackAttempt, attemptAt, callback.Attempts + 1);
        else if (retention.Value.Of(job.Status) is { } kept && job.CompletedAt is { } completedAt)
            yield return new JobNext(JobNeed.Purge, completedAt + kept);
    }

    /// <summary>
    /// An attempt that waits in a silo for its turn is asked after ever less often:
    /// a stuck receiver's thousands must not keep the sweeper from the rest.
    /// </summary>
    private DateTimeOffset DueAt(JobNext next, JobSnapshot job)
    {
        if (next.What != JobNeed.CallbackAttempt || next.At > job.UpdatedAt)
            return next.At;
        var waited = job.UpdatedAt - next.At;
        return job.UpdatedAt + (waited < ShortestGrace ? ShortestGrace : waited > LongestGrace ? LongestGrace : waited);
    }
}
