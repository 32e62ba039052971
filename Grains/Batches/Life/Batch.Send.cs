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
    public Batch Posting(string? inputId, DateTimeOffset now) => Resolved() with
    {
        Snapshot = Snapshot with { LastAttemptAt = now },
        PostedAt = now,
        InputId = inputId,
        Sends = Sends + 1,
    };

    /// <summary>The provider has it: by the answer, or because it was found there.</summary>
    public Batch Created(ProviderBatch batch, Moment moment) => Resolved() with
    {
        Snapshot = Succeeded(moment).Enter(BatchPhase.Polling) with
        {
            ProviderBatchId = batch.Id,
            Status = batch.Stage.Shown(Snapshot.Status),
            RawStatus = batch.RawStatus,
            SubmittedAt = PostedAt ?? moment.Now,
            ExpiresAt = batch.ExpiresAt,
            NextPollAt = Snapshot.CancelRequestedAt is null ? moment.Now + moment.Pace.PollFirst : moment.Now,
        },
        Stage = batch.Stage,
        NotFoundAnswers = 0,
        NotFoundSince = null,
    };

    /// <summary>Somebody who may decide it says which provider batch the lost create made: the next poll tells how it stands.</summary>
    public Batch Settled(string providerBatchId, DateTimeOffset now) => Resolved() with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Polling) with
        {
            ProviderBatchId = providerBatchId,
            SubmittedAt = PostedAt,
            NextPollAt = now,
            LastPollError = null,
            ConsecutiveFailures = 0,
            NeedsAttention = false,
        },
        NotFoundAnswers = 0,
        NotFoundSince = null,
    };

    /// <summary>The provider refuses this request, now and always: the batch has failed.</summary>
    public Batch Refused(ProviderError error, DateTimeOffset now) => Resolved() with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Reconciling) with
        {
            LastPollError = Describe(error),
            Errors = Reasons(error),
            NextPollAt = now,
            NeedsAttention = false,
        },
        Verdict = BatchVerdict.Refused(error),
    };

    /// <summary>
    /// Nothing was created, for a reason that passes: it is sent again, later. What was uploaded is used again where it may soon be taken.
    /// </summary>
    public Batch NotCreated(ProviderError error, Moment moment) => Failed(error, moment).Resolved() with
    {
        InputId = error.Class is ProviderErrorClass.NeedsAttention ? null : InputId,
    };

    /// <summary>Nothing of the create that is looked for is left to look for.</summary>
    private Batch Resolved() => this with { PostedAt = null, InputId = null, LostAt = null, FirstMissedAt = null };
}
