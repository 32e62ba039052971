using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>What comes of asking the provider. A failure never changes the status.</summary>
internal sealed partial record Batch
{
    public Batch Polled(ProviderBatch batch, Moment moment)
    {
        var isUnknown = batch.Stage is ProviderStage.Unrecognized;
        var next = With(
            Succeeded(moment) with
            {
                Status = Shown(batch.Stage),
                RawStatus = batch.RawStatus,
                EndedAt = batch.EndedAt ?? Snapshot.EndedAt,
                ExpiresAt = batch.ExpiresAt ?? Snapshot.ExpiresAt,
            },
            Attempt.Found() with
            {
                Stage = batch.Stage,
                OwesPoll = false,
                UnknownAnswers = isUnknown ? Attempt.UnknownAnswers + 1 : 0,
                UnknownSince = isUnknown ? Attempt.UnknownSince ?? moment.Now : null,
                CancelSent = Attempt.CancelSent || batch.CancelRequested || batch.Stage is ProviderStage.Cancelling or ProviderStage.Ended,
            });
        return batch.Stage switch
        {
            ProviderStage.Ended => next.Ingesting(batch, moment.Now),
            ProviderStage.Unrecognized when Attempt.Ended is { } known && Snapshot.Phase is BatchPhase.Ingesting =>
                next.Ingesting(known, moment.Now),
            _ => next.Followed(moment),
        };
    }

    /// <summary>It is at work there, even if it was said to have ended before.</summary>
    private Batch Followed(Moment moment)
    {
        var poll = moment.Now + Delay(moment, error: null);
        var cancel = Snapshot.CancelRequestedAt is not null && !Attempt.CancelSent ? Attempt.NextCancelAt : null;
        return With(Snapshot.Enter(BatchPhase.Polling) with { NextPollAt = cancel > moment.Now && cancel < poll ? cancel : poll })
            .Watched(moment.Now, moment.Pace);
    }

    /// <summary>A call failed: it is made again, when the class of its error says.</summary>
    public Batch Failed(ProviderError error, Moment moment)
    {
        var attempted = error.Class is not ProviderErrorClass.NotAttempted;
        var failed = With(
            Snapshot with
            {
                LastAttemptAt = attempted ? moment.Now : Snapshot.LastAttemptAt,
                LastPollError = Describe(error),
                ConsecutiveFailures = Snapshot.ConsecutiveFailures + (attempted ? 1 : 0),
                NeedsAttention = error.Class is ProviderErrorClass.NeedsAttention || (Snapshot.NeedsAttention && !attempted)
                    || IsOverdue(moment.Now, moment.Pace),
            },
            CountNotFound(error, moment.Now) with { AskedAnew = false, OwesPoll = false });
        return failed.IsGone(moment)
            ? failed.With(
                failed.Snapshot.Enter(BatchPhase.Reconciling) with { NextPollAt = moment.Now },
                failed.Attempt with { Verdict = BatchVerdict.Gone })
            : failed.With(failed.Snapshot with { NextPollAt = moment.Now + failed.Delay(moment, error) });
    }

    /// <summary>The account is not configured here: nothing can be done before somebody mends it.</summary>
    public Batch WithoutAccount(Moment moment) => With(Snapshot with
    {
        LastPollError = $"No account is configured under the name '{Snapshot.Provider}'.",
        NeedsAttention = true,
        NextPollAt = moment.Now + moment.Pace.AttentionInterval,
    });

    /// <summary>
    /// Something of ours failed in the middle: again, later and later. It counts as a failure, for nothing may fail in silence.
    /// </summary>
    public Batch Postponed(string why, Moment moment) => With(Snapshot with
    {
        LastPollError = ProviderText.Clean(why, MaxProblem),
        ConsecutiveFailures = Snapshot.ConsecutiveFailures + 1,
        NextPollAt = moment.Now + LaterAndLater(Snapshot.ConsecutiveFailures + 1, moment),
    });

    /// <summary>A manual refresh polls now.</summary>
    public Batch PollNow(DateTimeOffset now) =>
        Snapshot.NextPollAt is { } planned && planned > now ? With(Snapshot with { NextPollAt = now }) : this;

    /// <summary>A job never goes back from running, so neither does its batch.</summary>
    private BatchStatus Shown(ProviderStage stage) =>
        Snapshot.Status is BatchStatus.Running ? BatchStatus.Running : stage.Shown(Snapshot.Status);

    private BatchSnapshot Succeeded(Moment moment) => Snapshot with
    {
        LastAttemptAt = moment.Now,
        LastSuccessAt = moment.Now,
        LastPollError = null,
        ConsecutiveFailures = 0,
        NeedsAttention = false,
    };

    /// <summary>
    /// A 404 counts, and a 400 for an adopted id that was never seen; another
    /// answer ends the row, and a failure that is no answer does neither.
    /// </summary>
    private BatchAttempt CountNotFound(ProviderError error, DateTimeOffset now) => error switch
    {
        _ when error.Class is ProviderErrorClass.NotFound || (error.SaysNoSuchId && Adopted && Snapshot.LastSuccessAt is null) =>
            Attempt with { NotFoundAnswers = Attempt.NotFoundAnswers + 1, NotFoundSince = Attempt.NotFoundSince ?? now },
        { HttpStatus: not null } => Attempt.Found(),
        _ => Attempt,
    };

    private bool IsGone(Moment moment) =>
        Attempt.NotFoundSince is { } since && NotFoundRule.IsBelieved(Attempt.NotFoundAnswers, moment.Now - since, moment.Pace);

    private TimeSpan Delay(Moment moment, ProviderError? error) => PollSchedule.DelayBeforeNext(
        new PollSituation(
            moment.Now - (Snapshot.SubmittedAt ?? Snapshot.CreatedAt),
            Attempt.CancelSent ? ProviderStage.Cancelling : Attempt.Stage,
            error,
            Snapshot.ConsecutiveFailures),
        moment.Pace,
        moment.Sample);

    private static string Describe(ProviderError error) => ProviderText.Clean(error.Text, MaxProblem)!;
}
