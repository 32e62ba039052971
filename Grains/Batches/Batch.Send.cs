using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches;

/// <summary>What comes of creating the batch at its provider.</summary>
internal sealed partial record Batch
{
    /// <summary>Stored before the call, so that a crash within it is known as one.</summary>
    public Batch Posting(DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { LastAttemptAt = now },
        PostedAt = now,
        Sends = Sends + 1,
    };

    /// <summary>The provider has it: by the answer, or because it was found there.</summary>
    public Batch Created(ProviderBatch batch, Moment moment) => this with
    {
        Snapshot = Succeeded(moment) with
        {
            Phase = BatchPhase.Polling,
            ProviderBatchId = batch.Id,
            Status = batch.Stage.Shown(Snapshot.Status),
            RawStatus = batch.RawStatus,
            SubmittedAt = PostedAt ?? moment.Now,
            ExpiresAt = batch.ExpiresAt,
            NextPollAt = Snapshot.CancelRequestedAt is null ? moment.Now + moment.Pace.PollFirst : moment.Now,
        },
        Stage = batch.Stage,
        PostedAt = null,
        NotFoundAnswers = 0,
        NotFoundSince = null,
    };

    /// <summary>The provider refuses this request, now and always: the batch has failed.</summary>
    public Batch Refused(ProviderError error, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Phase = BatchPhase.Reconciling, LastPollError = Describe(error), Errors = Reasons(error), NextPollAt = now, NeedsAttention = false },
        PostedAt = null,
        Verdict = BatchVerdict.Refused(error),
    };

    /// <summary>Nothing was created, for a reason that passes: it is sent again, later.</summary>
    public Batch NotCreated(ProviderError error, Moment moment) => Failed(error, moment) with { PostedAt = null };

    /// <summary>A batch may exist: it is looked for before anything is sent again.</summary>
    public Batch SubmissionLost(string why, Moment moment) => With(Snapshot with
    {
        Phase = BatchPhase.SubmissionUnknown,
        LastPollError = why,
        NextPollAt = moment.Now + moment.Pace.BackoffMin,
    });

    /// <summary>It was looked for long enough, and is not there.</summary>
    public Batch Absent(DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Phase = BatchPhase.Submitting, NextPollAt = now, LastPollError = null, NeedsAttention = false },
        PostedAt = null,
    };

    public Batch Unclear(FindOutcome.Unclear unclear, Moment moment) => With(Succeeded(moment) with
    {
        LastPollError = unclear.Candidates.Count == 0 ? unclear.Why : $"{unclear.Why} Candidates: {string.Join(", ", unclear.Candidates.Take(10))}.",
        NeedsAttention = unclear.Candidates.Count > 1,
        NextPollAt = moment.Now + PollSchedule.DelayBeforeNext(new PollSituation(moment.Now - (PostedAt ?? moment.Now), ProviderStage.Validating), moment.Pace, moment.Sample),
    });
}
