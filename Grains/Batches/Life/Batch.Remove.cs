using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>The way out: nobody sees the batch any more, and what is stored of it goes in steps.</summary>
internal sealed partial record Batch
{
    /// <summary>It is as good as gone: nothing changes it any more but its removal.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Nothing of it is at the provider or owed to anybody: it was never sent, or it ended and everybody was told.</summary>
    public bool MayBeRemoved => Snapshot.Phase switch
    {
        BatchPhase.Submitting => !IsUnresolved,
        BatchPhase.Receiving or BatchPhase.Done => true,
        BatchPhase.SubmissionUnknown or BatchPhase.Polling or BatchPhase.Ingesting or BatchPhase.Reconciling or BatchPhase.PostProcessing =>
            false,
    };

    /// <summary>As a draft it stands in no list, and its key and its provider batch are free.</summary>
    public Batch Removed(DateTimeOffset now) => this with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Receiving) with { NextPollAt = now },
        IdempotencyKey = null,
        Fingerprint = null,
        IsRemoved = true,
    };

    /// <summary>Whether it has been kept for as long as its outcome says.</summary>
    public bool IsKeptEnough(BatchRetentionOptions retention, DateTimeOffset now) =>
        Snapshot is { Phase: BatchPhase.Done, CompletedAt: { } completedAt } && completedAt + retention.Of(Snapshot.Status) <= now;
}
