using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

internal sealed partial record Batch
{
    /// <summary>
    /// The same batch where there is nothing left to ask for: it was asked before, or its results are being read already.
    /// </summary>
    public Batch Cancel(DateTimeOffset now) => Snapshot.CancelRequestedAt is not null ? this : Snapshot.Phase switch
    {
        BatchPhase.Submitting or BatchPhase.SubmissionUnknown or BatchPhase.Polling =>
            With(Snapshot with { CancelRequestedAt = now, NextPollAt = now }),
        BatchPhase.Receiving or BatchPhase.Ingesting or BatchPhase.Reconciling or BatchPhase.PostProcessing or BatchPhase.Done => this,
    };

    /// <summary>The provider is to be told, for the first time or again.</summary>
    public bool OwesCancel(DateTimeOffset now) =>
        Snapshot.CancelRequestedAt is not null && Attempt is { CancelSent: false, OwesPoll: false } && !(Attempt.NextCancelAt > now);

    /// <summary>The provider was told, and answered with the batch as it is. Until that shows the cancellation, it is told again.</summary>
    public Batch CancelAnswered(ProviderBatch batch, Moment moment) => With(Attempt with
    {
        CancelTries = Attempt.CancelTries + 1,
        NextCancelAt = moment.Now + PollSchedule.PauseAfterCancel(Attempt.CancelTries + 1, moment.Pace, moment.Sample),
        CancelError = null,
    }).Polled(batch, moment);

    /// <summary>
    /// The provider does not take it. That says nothing of the batch, which is polled as it would be: a cancel that came too late is
    /// settled by the next answer. Only what the account as a whole has to wait for holds the poll up too.
    /// </summary>
    public Batch CancelNotTaken(ProviderError error, Moment moment)
    {
        var attempted = error.Class is not ProviderErrorClass.NotAttempted;
        var tries = Attempt.CancelTries + (attempted ? 1 : 0);
        var again = moment.Now + PollSchedule.DelayBeforeNext(
            new PollSituation(TimeSpan.Zero, Attempt.Stage, error, tries), moment.Pace, moment.Sample);
        var ofAccount = error.Class is ProviderErrorClass.RateLimited or ProviderErrorClass.NotAttempted;
        return With(
            Snapshot with
            {
                LastAttemptAt = attempted ? moment.Now : Snapshot.LastAttemptAt,
                NextPollAt = ofAccount && again > Snapshot.NextPollAt ? again : Snapshot.NextPollAt,
            },
            Attempt with { CancelTries = tries, NextCancelAt = again, CancelError = Describe(error), OwesPoll = true });
    }

    /// <summary>Nothing was ever sent: it ends without the provider.</summary>
    public Batch CancelledUnsent(DateTimeOffset now) => With(
        Snapshot.Enter(BatchPhase.Reconciling) with
        {
            NextPollAt = now,
            LastPollError = null,
            ConsecutiveFailures = 0,
            NeedsAttention = false,
        },
        Attempt with { Verdict = BatchVerdict.Cancelled });
}
