using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches;

internal sealed partial record Batch
{
    /// <summary>A new attempt with the items that failed or expired; what completed or was cancelled stays as it is.</summary>
    /// <param name="jobId">A job that has ended stays ended: the attempt gets one of its own.</param>
    public Batch Resubmit(JobId jobId, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with
        {
            JobId = jobId,
            Status = BatchStatus.Pending,
            Phase = BatchPhase.Submitting,
            ProviderBatchId = null,
            RawStatus = null,
            Attempts = Snapshot.Attempts + 1,
            HasPartialResults = false,
            SubmittedAt = null,
            EndedAt = null,
            CompletedAt = null,
            ExpiresAt = null,
            CancelRequestedAt = null,
            NextPollAt = now,
            LastPollError = null,
            ConsecutiveFailures = 0,
            NeedsAttention = false,
            PostProcessingError = null,
        },
        EarlierJobs = EarlierJobs.Add(Snapshot.JobId),
        PostedAt = null,
        CancelSent = false,
        Stage = ProviderStage.Unrecognized,
        NotFoundAnswers = 0,
        NotFoundSince = null,
        Ended = null,
        Cursor = ResultCursor.Start,
        Pass = 0,
        Cut = false,
        Quarantined = 0,
        Conflicts = 0,
        Verdict = null,
        JobMade = false,
        JobTold = null,
        ItemJobsTold = false,
        Handled = [],
        HandlerFailures = 0,
    };

    /// <summary>The items that go out again became pending.</summary>
    public Batch WithResubmitted(long failed, long expired) => this with
    {
        Snapshot = Snapshot with
        {
            Counts = Snapshot.Counts with
            {
                Pending = Snapshot.Counts.Pending + failed + expired,
                Failed = Snapshot.Counts.Failed - failed,
                Expired = Snapshot.Counts.Expired - expired,
            },
        },
        SubmittedItems = failed + expired,
    };
}
