using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Life;

/// <summary>Reading the results: chunk by chunk, file by file, pass by pass.</summary>
internal sealed partial record Batch
{
    public FileProgress ProgressOf(ResultFile file) => Read.FirstOrDefault(read => read.File == file.Id) ?? new FileProgress(file.Id);

    /// <summary>A chunk of lines is stored, and so is this.</summary>
    public Batch Ingested(IngestTally tally, FileProgress file, DateTimeOffset now) => FileRead(file) with
    {
        Snapshot = Snapshot with { Counts = tally.AddTo(Snapshot.Counts, Adopted), LastAttemptAt = now, LastSuccessAt = now },
        Quarantined = Quarantined + tally.Quarantined,
        Conflicts = Conflicts + tally.Conflicts,
    };

    /// <summary>So far a file was read in this pass.</summary>
    public Batch FileRead(FileProgress file) => this with { Read = [.. Read.Where(read => read.File != file.File), file] };

    /// <summary>
    /// The files came to their end, which proves nothing by itself. Where items are without an outcome, the batch is asked for anew and its
    /// files are read again, later and later: as often as its dialect makes worth while, and, where something says that there is more, for
    /// as long as <see cref="PollOptions.PassesFor"/>. Then what is missing is settled.
    /// </summary>
    public Batch PassEnded(MissingItem missing, Moment moment)
    {
        var shortfall = FoundShort();
        var complete = Adopted ? shortfall is null && Snapshot.Counts.Total >= (Ended?.Counts.Total ?? 0) : Snapshot.Counts.Pending == 0;
        if (complete)
            return Reconciling(null, moment.Now);

        var since = shortfall is null ? ShortSince : ShortSince ?? moment.Now;
        var waits = shortfall is not null && moment.Now - since < moment.Pace.PassesFor;
        return waits || Pass < Passes(missing.Lines, moment.Pace) ? Again(shortfall, since, moment) : Reconciling(shortfall, moment.Now);
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
        string[] faults = [.. Read.Select(file => file.Fault).OfType<string>()];
        var (promised, given) = (Ended?.Counts.Finished ?? 0, Read.Sum(file => file.Finished));
        if (faults.Length > 0)
            return string.Join(' ', faults);
        if (given < promised)
            return $"The provider counts {promised} finished items, and its files gave {given}.";
        return Ended is { End: ProviderEnd.Completed, Files.Count: 0 }
            ? "The batch is completed at the provider, and names no result file."
            : null;
    }

    private Batch Again(string? shortfall, DateTimeOffset? since, Moment moment) => this with
    {
        Snapshot = Snapshot with
        {
            NextPollAt = moment.Now + PollSchedule.PauseAfterPass(Pass, moment.Pace, moment.Sample),
            ConsecutiveFailures = 0,
            LastPollError = ProviderText.Clean(shortfall, 500),
        },
        Pass = Pass + 1,
        ShortSince = since,
        AskedAnew = false,
        Read = [],
        Quarantined = 0,
        Conflicts = 0,
    };

    private Batch Reconciling(string? shortfall, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Reconciling) with
        {
            NextPollAt = now,
            ConsecutiveFailures = 0,
            LastPollError = ProviderText.Clean(shortfall, 500),
            NeedsAttention = false,
        },
        Shortfall = ProviderText.Clean(shortfall, 500),
        Quarantined = Quarantined + Read.Count(file => file.Cut),
    };

    /// <summary>
    /// It ended at the provider, or it is known anew how it did: files that are
    /// not named any more are forgotten, the others go on where they stood.
    /// </summary>
    private Batch Ingesting(ProviderBatch ended, DateTimeOffset now)
    {
        FileProgress[] read = [.. Read.Where(file => ended.Files.Any(named => named.Id == file.File))];
        return this with
        {
            Snapshot = Snapshot.Enter(BatchPhase.Ingesting) with
            {
                EndedAt = ended.EndedAt ?? Snapshot.EndedAt ?? now,
                NextPollAt = now,
                Errors = Reasons(ended.Faults),
            },
            Ended = ended,
            AskedAnew = true,
            Pass = Math.Max(Pass, 1),
            Read = [.. read],
            Quarantined = read.Length == 0 ? 0 : Quarantined,
            Conflicts = read.Length == 0 ? 0 : Conflicts,
        };
    }
}
