using JobTracker.Batches;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>A batch's own job: what the batch makes of it.</summary>
internal sealed partial record Job
{
    /// <summary>Also for a job that a silo of before made for the batch, and could not mark.</summary>
    public bool IsOf(BatchId batch) => BatchId is { } its ? its == batch : Fingerprint == batch.ToString();

    /// <summary>All the statuses up to the batch's, in one write. A job that has ended takes no more than the metadata.</summary>
    public Decision Decide(BatchId batch, BatchNews news, Act act)
    {
        var next = Snapshot with { Metadata = MergePatch.Apply(Snapshot.Metadata, news.MetadataPatch) };
        foreach (var status in JobLifecycle.PathTo(Snapshot.Status, news.Status))
        {
            var told = status is JobStatus.Failed ? next with { Error = news.Error } : next;
            next = JobLifecycle.Enter(told, status, act, StopReasonOf(status));
        }
        return (this with { BatchId = batch }).StoreIfChanged(next, act);
    }

    /// <summary>Nobody is left to end it: what has not ended is cancelled.</summary>
    public Decision DecideToLeave(Act act)
    {
        if (BatchId is null && Snapshot.Status.IsTerminal)
            return new Decision.Keep();
        var next = Snapshot.Status.IsTerminal
            ? Snapshot
            : JobLifecycle.Enter(Snapshot, JobStatus.Cancelled, act, StopReasonOf(JobStatus.Cancelled));
        return new Decision.Store(this with
        {
            BatchId = null,
            Snapshot = next with { Version = Snapshot.Version + 1, UpdatedAt = act.At, LastUpdatedById = act.By },
        });
    }

    /// <summary>As if its deadline were now, which no caller may ask for.</summary>
    public Decision DecideToExpire(Act act)
    {
        if (Snapshot.Status.IsTerminal)
            return new Decision.Keep();
        return BatchId is { } batch
            ? new Decision.Refuse(new Refusal.JobFollowsBatch(batch))
            : StoreIfChanged(
                JobLifecycle.Enter(Snapshot with { ExpiresAt = act.At }, JobStatus.Expired, act, StopReasonOf(JobStatus.Expired)), act);
    }

    private static string? StopReasonOf(JobStatus status) => status switch
    {
        JobStatus.Failed => "llm_api_error",
        JobStatus.Cancelled or JobStatus.Expired => status.Word,
        JobStatus.Created or JobStatus.Pending or JobStatus.Running or JobStatus.Completed => null,
    };
}
