using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>From the last result to the end.</summary>
internal sealed partial record Batch
{
    /// <summary>A handler that failed this often in a row is for a human to look at.</summary>
    public const int FailuresThatNeedAttention = 5;

    /// <summary>Characters of what is shown as <c>last_poll_error</c> or <c>post_processing_error</c>.</summary>
    private const int MaxProblem = 500;

    /// <summary>Items without a result were settled.</summary>
    public Batch Settled(IngestTally tally) => With(Snapshot with { Counts = tally.AddTo(Snapshot.Counts, adopted: false) });

    /// <summary>The items say something else than the counts, which stand corrected.</summary>
    public Batch Recounted(BatchCounts counted) => With(Snapshot with { Counts = counted });

    public ItemTally Tally => new(Snapshot.Counts.Completed, Snapshot.Counts.Failed, Snapshot.Counts.Cancelled, Snapshot.Counts.Expired);

    /// <summary>Every item has its outcome: the status is terminal now, and true.</summary>
    public Batch Reconciled(BatchStatus status, DateTimeOffset now) => With(Snapshot.Enter(BatchPhase.PostProcessing) with
    {
        Status = status,
        Errors = status is BatchStatus.Failed ? ReasonsOfFailure() : Snapshot.Errors,
        LastPollError = LastWord,
        ConsecutiveFailures = 0,
        HasPartialResults = Tally.HasPartialResults(status),
        EndedAt = Snapshot.EndedAt ?? now,
        CompletedAt = now,
        NextPollAt = now,
        NeedsAttention = false,
    });

    public Batch HandledBy(string handler) => With(
        Snapshot with { NeedsAttention = false },
        Attempt with { Handled = Attempt.Handled.Add(handler), HandlerFailures = 0 }).ShowingProblems();

    public Batch HandlerFailed(string handler, string why, Moment moment)
    {
        var failures = Attempt.HandlerFailures + 1;
        return With(
            Snapshot with
            {
                PostProcessingError = ProviderText.Clean($"{handler}: {why}", MaxProblem),
                NeedsAttention = failures >= FailuresThatNeedAttention,
                NextPollAt = moment.Now + LaterAndLater(failures, moment),
            },
            Attempt with { HandlerFailures = failures });
    }

    /// <summary>Nothing is left to do; or nothing but to tell the linked jobs that could not be told so far.</summary>
    public Batch Finished() => With(Attempt.ItemJobsTold
        ? Snapshot.Enter(BatchPhase.Done) with { NextPollAt = null, LastPollError = LastWord, ConsecutiveFailures = 0 }
        : Snapshot with { NextPollAt = Attempt.TellItemJobsAt ?? Snapshot.NextPollAt });

    /// <summary>
    /// What the last poll failed with matters where it ended the batch, and what kept results from being whole where something did.
    /// </summary>
    private string? LastWord => Attempt.Verdict is { Status: BatchStatus.Failed } ? Snapshot.LastPollError : Attempt.Shortfall;

    /// <summary>How long something of ours waits that failed so often in a row.</summary>
    private static TimeSpan LaterAndLater(int failures, Moment moment) =>
        PollSchedule.DelayBeforeNext(new PollSituation(TimeSpan.Zero, ProviderStage.Ended, OurFault, failures), moment.Pace, moment.Sample);

    private static ProviderError OurFault { get; } = new(ProviderErrorClass.Transient, "", MayHaveActed: false);
}
