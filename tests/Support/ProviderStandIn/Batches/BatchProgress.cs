namespace JobTracker.Tests.StandIn.Batches;

/// <summary>The dated story of one batch. Pure: <see cref="At"/> tells what the clock alone has made of it.</summary>
public sealed record BatchProgress
{
    public required BatchPhase Phase { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The input file was refused: the batch fails as soon as validation is over.</summary>
    public bool InputRefused { get; init; }

    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public BatchEnding? Ending { get; init; }

    public BatchProgress At(DateTimeOffset now, BatchPace pace)
    {
        var progress = this;
        while (progress.Step(now, pace) is { } next)
            progress = next;
        return progress;
    }

    public BatchProgress Start(DateTimeOffset at) => this with { Phase = BatchPhase.InProgress, InProgressAt = at };

    public BatchProgress Finalize(DateTimeOffset at) => this with { Phase = BatchPhase.Finalizing, FinalizingAt = at };

    /// <summary>Ignored once finalizing, canceling or ended: the providers let such a batch run out.</summary>
    public BatchProgress Cancel(DateTimeOffset at) => Phase is BatchPhase.Validating or BatchPhase.InProgress
        ? this with { Phase = BatchPhase.Canceling, CancelRequestedAt = at }
        : this;

    public BatchProgress End(DateTimeOffset at, BatchEnding ending) =>
        this with { Phase = BatchPhase.Ended, EndedAt = at, Ending = ending };

    private BatchProgress? Step(DateTimeOffset now, BatchPace pace)
    {
        var (over, next) = Phase switch
        {
            BatchPhase.Validating => AfterValidation(CreatedAt + pace.Validating),
            BatchPhase.InProgress => AfterWork(pace),
            BatchPhase.Finalizing => Ends(FinalizingAt!.Value + pace.Finalizing, BatchEnding.Completed),
            BatchPhase.Canceling => Ends(CancelRequestedAt!.Value + pace.Canceling, BatchEnding.Canceled),
            BatchPhase.Ended => (DateTimeOffset.MaxValue, this),
        };
        return over <= now ? next : null;
    }

    private (DateTimeOffset Over, BatchProgress Next) AfterValidation(DateTimeOffset over) =>
        InputRefused ? Ends(over, BatchEnding.Failed) : (over, Start(over));

    private (DateTimeOffset Over, BatchProgress Next) AfterWork(BatchPace pace)
    {
        var done = pace.InProgress is { } duration ? InProgressAt!.Value + duration : DateTimeOffset.MaxValue;
        return done < ExpiresAt ? (done, Finalize(done)) : Ends(ExpiresAt, BatchEnding.Expired);
    }

    private (DateTimeOffset Over, BatchProgress Next) Ends(DateTimeOffset over, BatchEnding ending) => (over, End(over, ending));
}
