using JobTracker.Batches;

namespace JobTracker.Grains.Batches;

internal sealed partial record Batch
{
    /// <summary>The same batch where there is nothing left to ask for: it was asked before, or its results are being read already.</summary>
    public Batch Cancel(DateTimeOffset now) => Snapshot.CancelRequestedAt is not null ? this : Snapshot.Phase switch
    {
        BatchPhase.Submitting or BatchPhase.SubmissionUnknown or BatchPhase.Polling => With(Snapshot with { CancelRequestedAt = now, NextPollAt = now }),
        BatchPhase.Receiving or BatchPhase.Ingesting or BatchPhase.Reconciling or BatchPhase.PostProcessing or BatchPhase.Done => this,
    };

    /// <summary>Nothing was ever sent: it ends without the provider.</summary>
    public Batch CancelledUnsent(DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Phase = BatchPhase.Reconciling, NextPollAt = now, LastPollError = null, ConsecutiveFailures = 0, NeedsAttention = false },
        Verdict = BatchVerdict.Cancelled,
    };
}
