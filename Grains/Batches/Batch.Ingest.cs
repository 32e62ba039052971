using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;

namespace JobTracker.Grains.Batches;

/// <summary>Reading the results: chunk by chunk, pass by pass.</summary>
internal sealed partial record Batch
{
    /// <summary>How often the results are read before a missing line is believed.</summary>
    public const int MostPasses = 3;

    /// <summary>A chunk of lines is stored, and so is this.</summary>
    public Batch Ingested(IngestTally tally, ResultCursor cursor, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Counts = tally.AddTo(Snapshot.Counts, Adopted), LastAttemptAt = now, LastSuccessAt = now },
        Cursor = cursor,
        Quarantined = Quarantined + tally.Quarantined,
        Conflicts = Conflicts + tally.Conflicts,
    };

    /// <summary>A file ended inside a line: this pass is not complete.</summary>
    public Batch WasCut() => this with { Cut = true };

    /// <summary>
    /// The files came to their end, which proves nothing by itself. Where lines are missing and the provider writes one for every item, they are
    /// read again from the start; else what is missing is settled.
    /// </summary>
    public Batch PassEnded(MissingItem missing, Moment moment)
    {
        var complete = Adopted ? !Cut && Snapshot.Counts.Total >= (Ended?.Counts.Total ?? 0) : Snapshot.Counts.Pending == 0;
        var again = !complete && missing.WorthAnotherPass && Pass < MostPasses;
        return again
            ? this with
            {
                Snapshot = Snapshot with { NextPollAt = moment.Now + moment.Pace.BackoffMin * (1 + moment.Sample), ConsecutiveFailures = 0 },
                Pass = Pass + 1,
                Cursor = ResultCursor.Start,
                Cut = false,
                Quarantined = 0,
                Conflicts = 0,
            }
            : this with
            {
                Snapshot = Snapshot with { Phase = BatchPhase.Reconciling, NextPollAt = moment.Now, ConsecutiveFailures = 0, LastPollError = null, NeedsAttention = false },
                Quarantined = Quarantined + (Cut ? 1 : 0),
            };
    }

    private Batch BeginIngesting(ProviderBatch ended, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Phase = BatchPhase.Ingesting, EndedAt = ended.EndedAt ?? now, NextPollAt = now, Errors = Reasons(ended.Faults) },
        Ended = ended,
        Cursor = ResultCursor.Start,
        Pass = 1,
        Cut = false,
    };
}
