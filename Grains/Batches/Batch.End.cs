using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches;

/// <summary>From the last result to the end.</summary>
internal sealed partial record Batch
{
    /// <summary>A handler that failed this often in a row is for a human to look at.</summary>
    public const int FailuresThatNeedAttention = 5;

    /// <summary>Items without a result were settled.</summary>
    public Batch Settled(IngestTally tally) => With(Snapshot with { Counts = tally.AddTo(Snapshot.Counts, adopted: false) });

    /// <summary>The items say something else than the counts, which stand corrected.</summary>
    public Batch Recounted(BatchCounts counted) => With(Snapshot with { Counts = counted });

    public ItemTally Tally => new(Snapshot.Counts.Completed, Snapshot.Counts.Failed, Snapshot.Counts.Cancelled, Snapshot.Counts.Expired);

    /// <summary>Every item has its outcome: the status is terminal now, and true.</summary>
    public Batch Reconciled(BatchStatus status, DateTimeOffset now) => With(Snapshot with
    {
        Status = status,
        Phase = BatchPhase.PostProcessing,
        HasPartialResults = Tally.HasPartialResults(status),
        EndedAt = Snapshot.EndedAt ?? now,
        CompletedAt = now,
        NextPollAt = now,
        NeedsAttention = false,
    });

    public Batch HandledBy(string handler) => this with
    {
        Snapshot = Snapshot with { PostProcessingError = null, NeedsAttention = false },
        Handled = Handled.Add(handler),
        HandlerFailures = 0,
    };

    public Batch HandlerFailed(string handler, string why, Moment moment) => this with
    {
        Snapshot = Snapshot with
        {
            PostProcessingError = ProviderText.Clean($"{handler}: {why}", 500),
            NeedsAttention = HandlerFailures + 1 >= FailuresThatNeedAttention,
            NextPollAt = moment.Now + PollSchedule.DelayBeforeNext(
                new PollSituation(TimeSpan.Zero, ProviderStage.Ended, HandlerFault, HandlerFailures + 1), moment.Pace, moment.Sample),
        },
        HandlerFailures = HandlerFailures + 1,
    };

    public Batch Finished() => With(Snapshot with { Phase = BatchPhase.Done, NextPollAt = null });

    private static ProviderError HandlerFault { get; } = new(ProviderErrorClass.Transient, "", MayHaveActed: false);
}
