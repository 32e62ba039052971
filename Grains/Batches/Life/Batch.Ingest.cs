using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>Reading the results: chunk by chunk, file by file, pass by pass.</summary>
internal sealed partial record Batch
{
    public FileProgress ProgressOf(ResultFile file) =>
        Attempt.Read.FirstOrDefault(read => read.File == file.Id) ?? new FileProgress(file.Id);

    /// <summary>A chunk of lines is stored, and so is this.</summary>
    public Batch Ingested(IngestTally tally, FileProgress file, DateTimeOffset now) => With(
        Snapshot with
        {
            Counts = tally.AddTo(Snapshot.Counts, Adopted),
            LastAttemptAt = now,
            LastSuccessAt = now,
            Quarantined = Quarantined + tally.Quarantined,
        },
        Attempt with { Conflicts = Attempt.Conflicts + tally.Conflicts }).FileRead(file);

    /// <summary>So far a file was read in this pass.</summary>
    public Batch FileRead(FileProgress file) =>
        With(Attempt with { Read = [.. Attempt.Read.Where(read => read.File != file.File), file] });

    /// <summary>
    /// The files came to their end, which proves nothing by itself. Where items are without an outcome, the batch is asked for anew and its
    /// files are read again, later and later: as often as its dialect makes worth while, and, where something says that there is more, for
    /// as long as <see cref="PollOptions.PassesFor"/>. Then what is missing is settled.
    /// </summary>
    public Batch PassEnded(MissingItem missing, Moment moment)
    {
        var shortfall = FoundShort();
        var complete = Adopted
            ? shortfall is null && Snapshot.Counts.Total >= (Attempt.Ended?.Counts.Total ?? 0)
            : Snapshot.Counts.Pending == 0;
        if (complete)
            return Reconciling(null, moment.Now);

        var since = shortfall is null ? Attempt.ShortSince : Attempt.ShortSince ?? moment.Now;
        var waits = shortfall is not null && moment.Now - since < moment.Pace.PassesFor;
        return waits || Attempt.Pass < Passes(missing.Lines, moment.Pace)
            ? Again(shortfall, since, moment)
            : Reconciling(shortfall, moment.Now);
    }

    private static int Passes(ExpectedLines lines, PollOptions pace) => lines switch
    {
        ExpectedLines.OfAll => pace.Passes,
        ExpectedLines.OfFinished => Math.Min(pace.Passes, 2), // once behind a fresh answer, which may name a file that came late
        ExpectedLines.None => 1,
    };

    /// <summary>Why the files may hold more than they gave; null: nothing says so.</summary>
    private string? FoundShort()
    {
        string[] faults = [.. Attempt.Read.Select(file => file.Fault).OfType<string>()];
        var (promised, given) = (Attempt.Ended?.Counts.Finished ?? 0, Attempt.Read.Sum(file => file.Finished));
        if (faults.Length > 0)
            return string.Join(' ', faults);
        if (given < promised)
            return $"The provider counts {promised} finished items, and its files gave {given}.";
        return Attempt.Ended is { End: ProviderEnd.Completed, Files.Count: 0 }
            ? "The batch is completed at the provider, and names no result file."
            : null;
    }

    private Batch Again(string? shortfall, DateTimeOffset? since, Moment moment) => With(
        Snapshot with
        {
            NextPollAt = moment.Now + PollSchedule.PauseAfterPass(Attempt.Pass, moment.Pace, moment.Sample),
            ConsecutiveFailures = 0,
            LastPollError = ProviderText.Clean(shortfall, MaxProblem),
            Quarantined = 0,
        },
        Attempt with { Pass = Attempt.Pass + 1, ShortSince = since, AskedAnew = false, Read = [], Conflicts = 0 });

    private Batch Reconciling(string? shortfall, DateTimeOffset now) => With(
        Snapshot.Enter(BatchPhase.Reconciling) with
        {
            NextPollAt = now,
            ConsecutiveFailures = 0,
            LastPollError = ProviderText.Clean(shortfall, MaxProblem),
            NeedsAttention = false,
            Quarantined = Quarantined + Attempt.Read.Count(file => file.Cut),
        },
        Attempt with { Shortfall = ProviderText.Clean(shortfall, MaxProblem) });

    /// <summary>
    /// It ended at the provider, or it is known anew how it did: files that are
    /// not named any more are forgotten, the others go on where they stood.
    /// </summary>
    private Batch Ingesting(ProviderBatch ended, DateTimeOffset now)
    {
        FileProgress[] read = [.. Attempt.Read.Where(read => ended.Files.Any(named => named.Id == read.File))];
        return With(
            Snapshot.Enter(BatchPhase.Ingesting) with
            {
                EndedAt = Snapshot.EndedAt ?? now,
                NextPollAt = now,
                Errors = Reasons(ended.Faults),
                Quarantined = read.Length == 0 ? 0 : Quarantined,
            },
            Attempt with
            {
                Ended = ended,
                AskedAnew = true,
                Pass = Math.Max(Attempt.Pass, 1),
                Read = [.. read],
                Conflicts = read.Length == 0 ? 0 : Attempt.Conflicts,
            });
    }
}
