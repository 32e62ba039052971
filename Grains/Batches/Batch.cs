using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches;

/// <summary>A batch as it is stored: its public view, and what only the service needs to know.</summary>
/// <remarks>
/// Immutable. What happens to a batch is a pure function from one to the next, in files of their own; <see cref="BatchPlan"/> says what comes next.
/// Versions are given when it is stored.
/// </remarks>
internal sealed partial record Batch
{
    public required BatchSnapshot Snapshot { get; init; }

    /// <summary>Who made it; the job's maker too.</summary>
    public required string UserId { get; init; }

    public string? Endpoint { get; init; }
    public string? CallbackUrl { get; init; }
    public ImmutableArray<JobStatus>? CallbackEvents { get; init; }
    public string? IdempotencyKey { get; init; }
    public string? Fingerprint { get; init; }

    /// <summary>Made at the provider by somebody else: its items are those that its results name, and cannot be sent again.</summary>
    public bool Adopted { get; init; }

    /// <summary>Of a draft: what was added so far.</summary>
    public long Received { get; init; }
    public long ReceivedBytes { get; init; }

    /// <summary>Create calls made for this batch, each under an id of its own.</summary>
    public int Sends { get; init; }

    /// <summary>When the create call began whose answer is not known; null: none is under way.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>Items of the current attempt.</summary>
    public long SubmittedItems { get; init; }

    /// <summary>The provider knows of the cancellation.</summary>
    public bool CancelSent { get; init; }

    /// <summary>At the last successful poll.</summary>
    public ProviderStage Stage { get; init; }

    /// <summary>404s without another answer between them, and when the first of them came.</summary>
    public int NotFoundAnswers { get; init; }
    public DateTimeOffset? NotFoundSince { get; init; }

    /// <summary>The provider's last word, once the batch ended there: what its results are read by.</summary>
    public ProviderBatch? Ended { get; init; }

    /// <summary>Up to where this pass over the results is stored.</summary>
    public ResultCursor Cursor { get; init; }

    /// <summary>How often the results were begun to be read, and whether this pass met a file that was cut.</summary>
    public int Pass { get; init; }
    public bool Cut { get; init; }

    /// <summary>Lines that were set aside, and lines that contradict an outcome that was stored before; of the current pass.</summary>
    public long Quarantined
    {
        get => Snapshot.Quarantined;
        init => Snapshot = Snapshot with { Quarantined = value }; // a silo of before keeps it here
    }

    public long Conflicts { get; init; }

    /// <summary>How it ends where the provider does not say it.</summary>
    public BatchVerdict? Verdict { get; init; }

    /// <summary>The jobs of the attempts before this one: they are the batch's until it goes.</summary>
    public ImmutableArray<JobId> EarlierJobs { get; init; } = [];

    /// <summary>Whether its job exists, and the status that the job was last told.</summary>
    public bool JobMade { get; init; }
    public BatchStatus? JobTold { get; init; }

    /// <summary>Whether every linked job was told how its item ended.</summary>
    public bool ItemJobsTold { get; init; }

    /// <summary>Names of the completion handlers that have run, and how often one failed since the last that did.</summary>
    public ImmutableArray<string> Handled { get; init; } = [];
    public int HandlerFailures { get; init; }

    public BatchId Id => Snapshot.Id;

    public bool IsDraft => Snapshot.Phase is BatchPhase.Receiving && !IsRemoved;

    /// <summary>Unique for each create call that is ever made.</summary>
    public string SubmissionId => $"{Snapshot.Id}/{Snapshot.Attempts}/{Sends}";

    private Batch With(BatchSnapshot snapshot) => this with { Snapshot = snapshot };
}

/// <summary>How a batch ends that the provider never had, refused or forgot.</summary>
/// <param name="Missing">What becomes of items without a result.</param>
internal sealed record BatchVerdict(BatchStatus Status, ItemOutcome Missing)
{
    public static BatchVerdict Cancelled { get; } = new(BatchStatus.Cancelled, ItemOutcome.Cancelled());

    public static BatchVerdict Refused(ProviderError error) =>
        new(BatchStatus.Failed, ItemOutcome.Failed(error.Type ?? "refused", null, error.Message, retryable: false, error.HttpStatus));

    public static BatchVerdict Gone { get; } =
        new(BatchStatus.Failed, ItemOutcome.MissingResult("batch_not_found", "The provider does not know the batch any more."));
}

/// <summary>When something happens to a batch, and what the next waking depends on.</summary>
/// <param name="Now">To the microsecond.</param>
/// <param name="Sample">Uniform in [0, 1).</param>
internal readonly record struct Moment(DateTimeOffset Now, PollOptions Pace, double Sample);
