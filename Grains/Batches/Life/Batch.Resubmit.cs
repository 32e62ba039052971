using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Life;

internal sealed partial record Batch
{
    /// <summary>A new attempt with the items that failed or expired; what completed or was cancelled stays as it is.</summary>
    /// <param name="jobId">A job that has ended stays ended: the attempt gets one of its own.</param>
    public Batch Resubmit(JobId jobId, DateTimeOffset now) => Resolved() with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Submitting) with
        {
            JobId = jobId,
            Status = BatchStatus.Pending,
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
            Errors = [],
        },
        EarlierJobs = EarlierJobs.Add(Snapshot.JobId),
        CancelSent = false,
        CancelTries = 0,
        NextCancelAt = null,
        CancelError = null,
        OwesPoll = false,
        UnknownAnswers = 0,
        UnknownSince = null,
        Stage = ProviderStage.Unrecognized,
        NotFoundAnswers = 0,
        NotFoundSince = null,
        Ended = null,
        AskedAnew = false,
        Read = [],
        Pass = 0,
        ShortSince = null,
        Shortfall = null,
        Quarantined = 0,
        Conflicts = 0,
        Verdict = null,
        JobMade = false,
        JobTold = null,
        JobRefusals = 0,
        TellJobAt = null,
        ItemJobsTold = false,
        ItemJobRounds = 0,
        TellItemJobsAt = null,
        JobProblem = null,
        ItemJobsProblem = null,
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
