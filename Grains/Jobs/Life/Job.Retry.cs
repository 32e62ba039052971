using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>What a new job does again.</summary>
/// <param name="Job">The job whose work it is.</param>
/// <param name="Attempt">The how manieth time this is, from 2.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.RetryOf")]
internal readonly record struct RetryOf([property: Id(0)] JobId Job, [property: Id(1)] int Attempt);

internal sealed partial record Job
{
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
        IsBeyondQuota = command.IsBeyondQuota,
    };
}
