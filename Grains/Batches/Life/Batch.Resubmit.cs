using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Life;

internal sealed partial record Batch
{
    /// <summary>A new attempt with the items that failed or expired; what completed or was cancelled stays as it is.</summary>
    /// <param name="jobId">A job that has ended stays ended: the attempt gets one of its own.</param>
    /// <param name="failed">Items that were failed, and became pending.</param>
    /// <param name="expired">Items that were expired, and became pending.</param>
    public Batch Resubmit(JobId jobId, long failed, long expired, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot.EnterAnew(BatchPhase.Submitting, jobId) with
        {
            NextPollAt = now,
            Counts = Snapshot.Counts with
            {
                Pending = Snapshot.Counts.Pending + failed + expired,
                Failed = Snapshot.Counts.Failed - failed,
                Expired = Snapshot.Counts.Expired - expired,
            },
        },
        EarlierJobs = EarlierJobs.Add(Snapshot.JobId),
        Attempt = BatchAttempt.New(failed + expired),
    };

    /// <summary>What is retryable is what a resubmission sends, which the batch knows and the item's row does not.</summary>
    public ItemSnapshot Shown(ItemSnapshot item) => item.Error is not { } error ? item : item with
    {
        Error = error with { Retryable = !Adopted && (item.Status is ItemStatus.Failed or ItemStatus.Expired) },
    };

    public ItemPage Shown(ItemPage page) => page with { Items = [.. page.Items.Select(Shown)] };
}
