using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    private static readonly ImmutableArray<JobStatus> DefaultCallbackEvents = [JobStatus.Completed, JobStatus.Failed];

    /// <summary>The new job under <paramref name="id"/>, or why there is none.</summary>
    /// <param name="batch">The batch whose own job it is.</param>
    /// <param name="retry">What it does again.</param>
    public static Decision Decide(
        JobId id, Caller caller, CreateJob command, Act act, JobLimits limits, CallbackAddressRules addresses, BatchId? batch = null,
        RetryOf? retry = null)
    {
        if (CreateRules.Problem(id, command, act, limits, addresses) is { } problem)
            return new Decision.Refuse(problem);
        if (command.IsBeyondQuota)
            return new Decision.Refuse(new Refusal.OpenJobsQuota());

        // The id's own time is created_at, so that id order, creation order and the filters by time are one thing.
        var first = act with { At = id.CreatedAt };
        var later = act with { At = act.At > first.At ? act.At : first.At };
        var snapshot = New(id, caller, command, first);
        foreach (var status in JobLifecycle.PathTo(command.Status))
            snapshot = JobLifecycle.Enter(snapshot, status, status == JobStatus.Created ? first : later, stopReason: null);
        return new Decision.Store(new Job
        {
            Snapshot = snapshot with { UpdatedAt = later.At, RetryOf = retry?.Job, Attempt = retry?.Attempt ?? 1 },
            IdempotencyKey = command.IdempotencyKey,
            Fingerprint = command.Fingerprint,
            BatchId = batch,
        });
    }

    private static JobSnapshot New(JobId id, Caller caller, CreateJob command, Act act) => new()
    {
        Id = id,
        OrganizationId = caller.OrganizationId,
        UserId = caller.UserId,
        JobType = command.JobType,
        Status = JobStatus.Created,
        Version = 1,
        CreatedAt = act.At,
        UpdatedAt = act.At,
        ExpiresAt = command.ExpiresAt?.ToMicroseconds(),
        Timeout = command.Timeout,
        HeartbeatTimeout = command.HeartbeatTimeout,
        Background = command.Background,
        Metadata = command.Metadata ?? "{}",
        RequestConfig = command.RequestConfig,
        ParentId = command.ParentId,
        Tags = command.Tags is { IsDefault: false } tags ? tags.Sort(StringComparer.Ordinal) : [],
        Callback = command.CallbackUrl is { } url
            ? new JobCallback { Url = url, Events = command.CallbackEvents ?? DefaultCallbackEvents }
            : null,
        Group = command.Group is { } group ? new JobGroup(IsSealed: false, group.OnChildFailure) : null,
        History = [],
        CreatedById = caller.UserId,
        LastUpdatedById = caller.UserId,
    };

    /// <summary>Names the job that does this one's work again; one that is named already stays.</summary>
    /// <param name="next">Its id, unless there is one.</param>
    public Decision Decide(RetryJob command, JobId next, Act act)
    {
        if (BatchId is { } batch)
            return new Decision.Refuse(new Refusal.JobFollowsBatch(batch));
        if (Snapshot.Status is not (JobStatus.Failed or JobStatus.Cancelled or JobStatus.Expired))
            return new Decision.Refuse(new Refusal.NothingToRetry(Snapshot.Status));
        return Snapshot.RetriedBy is null ? StoreIfChanged(Snapshot with { RetriedBy = next }, act) : new Decision.Keep();
    }

    /// <summary>Nothing came of it, for good.</summary>
    public Decision DecideNotRetried(Act act) => StoreIfChanged(Snapshot with { RetriedBy = null }, act);

    /// <summary>The description of a job that has ended, for the one that does its work again.</summary>
    /// <param name="next">Its id, which says when it begins.</param>
    public static CreateJob Again(JobSnapshot job, JobId next, RetryJob command) => new()
    {
        JobType = job.JobType,
        Metadata = job.Metadata,
        RequestConfig = job.RequestConfig,
        Background = job.Background,
        ParentId = job.ParentId,
        ExpiresAt = next.CreatedAt + (job.ExpiresAt - job.CreatedAt),
        Timeout = job.Timeout,
        HeartbeatTimeout = job.HeartbeatTimeout,
        CallbackUrl = job.Callback?.Url,
        CallbackEvents = job.Callback?.Events,
        Tags = job.Tags,
        Group = job.Group is { } group ? new NewGroup(group.OnChildFailure) : null,
        IsBeyondQuota = command.IsBeyondQuota,
    };
}
