using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>What comes of creating the batch at its provider.</summary>
internal sealed partial record Batch
{
    /// <summary>Stored right before the create call, so that a crash within it is known as one.</summary>
    /// <param name="inputId">What was uploaded for it.</param>
    public Batch Posting(string? inputId, DateTimeOffset now) => With(
        Snapshot with { LastAttemptAt = now },
        Attempt.Resolved() with { PostedAt = now, InputId = inputId, Sends = Attempt.Sends + 1 });

    /// <summary>The provider has it: by the answer, or because it was found there.</summary>
    public Batch Created(ProviderBatch batch, Moment moment) => With(
        Succeeded(moment).Enter(BatchPhase.Polling) with
        {
            ProviderBatchId = batch.Id,
            Status = batch.Stage.Shown(Snapshot.Status),
            RawStatus = batch.RawStatus,
            SubmittedAt = Attempt.PostedAt ?? moment.Now,
            ExpiresAt = batch.ExpiresAt,
            NextPollAt = Snapshot.CancelRequestedAt is null ? moment.Now + moment.Pace.PollFirst : moment.Now,
        },
        Attempt.Resolved().Found() with { Stage = batch.Stage });

    /// <summary>Somebody who may decide it says which provider batch the lost create made: the next poll tells how it stands.</summary>
    public Batch Settled(string providerBatchId, DateTimeOffset now) => With(
        Snapshot.Enter(BatchPhase.Polling) with
        {
            ProviderBatchId = providerBatchId,
            SubmittedAt = Attempt.PostedAt,
            NextPollAt = now,
            LastPollError = null,
            ConsecutiveFailures = 0,
            NeedsAttention = false,
        },
        Attempt.Resolved().Found());

    /// <summary>The provider refuses this request, now and always: the batch has failed.</summary>
    public Batch Refused(ProviderError error, DateTimeOffset now) => With(
        Snapshot.Enter(BatchPhase.Reconciling) with
        {
            LastPollError = Describe(error),
            Errors = Reasons(error),
            NextPollAt = now,
            NeedsAttention = false,
        },
        Attempt.Resolved() with { Verdict = BatchVerdict.Refused(error) });

    /// <summary>
    /// Nothing was created, for a reason that passes: it is sent again, later. What was uploaded is used again where it may soon be taken.
    /// </summary>
    public Batch NotCreated(ProviderError error, Moment moment)
    {
        var failed = Failed(error, moment);
        return failed.With(failed.Attempt.Resolved() with
        {
            InputId = error.Class is ProviderErrorClass.NeedsAttention ? null : Attempt.InputId,
        });
    }
}
