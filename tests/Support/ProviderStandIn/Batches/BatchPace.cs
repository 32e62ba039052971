namespace JobTracker.Tests.StandIn.Batches;

/// <summary>
/// How long each phase lasts on the stand-in's clock. Zero means: over when the batch is next looked at, so that the answer
/// to the create or the cancel still shows the phase. <see cref="InProgress"/> null means: until a test ends the batch, or
/// until <see cref="Window"/> is over.
/// </summary>
public sealed record BatchPace
{
    public TimeSpan Validating { get; init; }

    public TimeSpan? InProgress { get; init; }

    public TimeSpan Finalizing { get; init; }

    public TimeSpan Canceling { get; init; }

    /// <summary>Both providers give a batch 24 hours.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Every batch is done after this long; a cancelled one after a fifth of it.</summary>
    public static BatchPace FinishingAfter(TimeSpan duration) => new()
    {
        Validating = duration / 10,
        InProgress = duration * 8 / 10,
        Finalizing = duration / 10,
        Canceling = duration / 5,
    };
}
