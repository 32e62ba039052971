using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>
/// A create whose answer was lost: it is looked for until it is found, or was away for long enough (<see cref="AbsenceRule"/>).
/// </summary>
internal sealed partial record Batch
{
    /// <summary>A batch may exist: it is looked for before anything is sent again. The time of the loss, once known, stands.</summary>
    public Batch SubmissionLost(string why, Moment moment) => With(
        Snapshot.Enter(BatchPhase.SubmissionUnknown) with
        {
            LastPollError = why,
            NextPollAt = moment.Now + moment.Pace.BackoffMin,
        },
        Attempt with { LostAt = Attempt.LostAt ?? moment.Now });

    /// <summary>
    /// Whether what a search for <paramref name="other"/> came to is still about this: it may have been settled meanwhile.
    /// </summary>
    public bool IsLostAs(Batch other) => Snapshot.Phase is BatchPhase.SubmissionUnknown && SubmissionId == other.SubmissionId;

    /// <summary>A whole list does not show it: sent again when that was so for long enough, and looked for again until then.</summary>
    public Batch NotListed(Moment moment)
    {
        var (lostAt, pace) = (Attempt.LostAt ?? moment.Now, moment.Pace);
        var countsFrom = AbsenceRule.CountsFrom(lostAt, pace);
        var firstMissedAt = moment.Now >= countsFrom ? Attempt.FirstMissedAt ?? moment.Now : (DateTimeOffset?)null;
        if (AbsenceRule.IsBelieved(firstMissedAt, moment.Now, pace))
            return SendAgain(moment.Now);

        var next = moment.Now + SearchDelay(moment);
        var decisive = firstMissedAt is { } first ? first + pace.AbsenceGap : countsFrom;
        return With(
            Succeeded(moment) with
            {
                LastPollError = "The provider does not list it. It is sent again when that has been so for long enough.",
                NextPollAt = next < decisive ? next : decisive,
            },
            Attempt with { FirstMissedAt = firstMissedAt });
    }

    public Batch Unclear(FindOutcome.Unclear unclear, Moment moment) => With(
        Succeeded(moment) with
        {
            LastPollError = unclear.Candidates.Count == 0
                ? unclear.Why
                : $"{unclear.Why} Candidates: {string.Join(", ", unclear.Candidates.Take(10))}.",
            NeedsAttention = unclear.NeedsAttention,
            NextPollAt = moment.Now + SearchDelay(moment),
        },
        Attempt with { FirstMissedAt = null });

    /// <summary>The search could not be made. A list that is not there says nothing of the batch: only the batch's own 404 does.</summary>
    public Batch SearchFailed(ProviderError error, Moment moment) =>
        Failed(error.Class is ProviderErrorClass.NotFound ? error with { Class = ProviderErrorClass.NeedsAttention } : error, moment);

    /// <summary>What the create made is another batch's already, so that it can neither be followed nor sent again.</summary>
    public Batch FollowedByAnother(string providerBatchId, Moment moment) =>
        SubmissionLost("", moment)
            .Unclear(new FindOutcome.Unclear(
                "What the create made is followed as another batch already.", [providerBatchId], NeedsAttention: true), moment);

    private Batch SendAgain(DateTimeOffset now) => With(
        Snapshot.Enter(BatchPhase.Submitting) with { NextPollAt = now, LastPollError = null, NeedsAttention = false },
        Attempt.Resolved());

    private TimeSpan SearchDelay(Moment moment) => PollSchedule.DelayBeforeNext(
        new PollSituation(moment.Now - (Attempt.LostAt ?? moment.Now), ProviderStage.Running), moment.Pace, moment.Sample);
}
