using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Life;

/// <summary>A batch as it is stored: its public view, and what only the service needs to know.</summary>
/// <remarks>
/// Immutable. What happens to a batch is a pure function from one to the next, in files of their own; <see cref="BatchPlan"/> says what
/// comes next. Versions are given when it is stored.
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

    /// <summary>
    /// What was uploaded for that call, or for the next one; where the dialect uploads first. A batch at the provider is known by it.
    /// </summary>
    public string? InputId { get; init; }

    /// <summary>When it became known that the call's answer is lost; null: it is not.</summary>
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>
    /// The first of the lists that tell of absence (<see cref="AbsenceRule"/>); null: none did yet, or the last look was unclear.
    /// </summary>
    public DateTimeOffset? FirstMissedAt { get; init; }

    /// <summary>Items of the current attempt.</summary>
    public long SubmittedItems { get; init; }

    /// <summary>The provider shows that it knows of the cancellation, or has ended.</summary>
    public bool CancelSent { get; init; }

    /// <summary>How often it was told and did not show it, when it is told again, and what the last refusal said.</summary>
    public int CancelTries { get; init; }
    public DateTimeOffset? NextCancelAt { get; init; }
    public string? CancelError { get; init; }

    /// <summary>A cancel was not taken since the last poll: that comes first, so that no cancel can hold up the polls.</summary>
    public bool OwesPoll { get; init; }

    /// <summary>At the last successful poll.</summary>
    public ProviderStage Stage { get; init; }

    /// <summary>Answers in a row with a status that this version does not know, and when the first of them came.</summary>
    public int UnknownAnswers { get; init; }
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>404s without another answer between them, and when the first of them came.</summary>
    public int NotFoundAnswers { get; init; }
    public DateTimeOffset? NotFoundSince { get; init; }

    /// <summary>The provider's last word, once the batch ended there: what its results are read by.</summary>
    public ProviderBatch? Ended { get; init; }

    /// <summary>Whether that word was heard for this pass over the results: it is asked for anew before each.</summary>
    public bool AskedAnew { get; init; }

    /// <summary>
    /// How far this pass is stored, file by file. A row of before this has none, and its pass starts anew, which changes no outcome.
    /// </summary>
    public ImmutableArray<FileProgress> Read { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How often the results were begun to be read, and since when passes end short of what there should be.</summary>
    public int Pass { get; init; }
    public DateTimeOffset? ShortSince { get; init; }

    /// <summary>Why results are missing for good, where it is known.</summary>
    public string? Shortfall { get; init; }

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

    /// <summary>Reports that the job did not take since the last that it did; it is told again at this time.</summary>
    public int JobRefusals { get; init; }
    public DateTimeOffset? TellJobAt { get; init; }

    /// <summary>Whether every linked job was told how its item ended, or given up.</summary>
    public bool ItemJobsTold { get; init; }

    /// <summary>Rounds over the linked jobs that left some untold; the next one is at this time.</summary>
    public int ItemJobRounds { get; init; }
    public DateTimeOffset? TellItemJobsAt { get; init; }

    /// <summary>What the batch's job, and linked jobs, did not take; shown until they did.</summary>
    public string? JobProblem { get; init; }
    public string? ItemJobsProblem { get; init; }

    /// <summary>Names of the completion handlers that have run, and how often one failed since the last that did.</summary>
    public ImmutableArray<string> Handled { get; init; } = [];
    public int HandlerFailures { get; init; }

    public BatchId Id => Snapshot.Id;

    public bool IsDraft => Snapshot.Phase is BatchPhase.Receiving && !IsRemoved;

    /// <summary>Unique for each create call that is ever made.</summary>
    public string SubmissionId => $"{Snapshot.Id}/{Snapshot.Attempts}/{Sends}";

    /// <summary>A create went out, and what came of it is not known.</summary>
    public bool IsUnresolved => PostedAt is not null;

    private Batch With(BatchSnapshot snapshot) => this with { Snapshot = snapshot };
}

/// <summary>How a batch ends that the provider never had, refused or forgot.</summary>
/// <param name="Missing">What becomes of items without a result.</param>
internal sealed record BatchVerdict(BatchStatus Status, ItemOutcome Missing)
{
    public const string RefusedWord = "refused";

    public static BatchVerdict Cancelled { get; } = new(BatchStatus.Cancelled, ItemOutcome.Cancelled());

    public static BatchVerdict Refused(ProviderError error) =>
        new(BatchStatus.Failed, ItemOutcome.Failed(error.Type ?? RefusedWord, null, error.Message, retryable: false, error.HttpStatus));

    public static BatchVerdict Gone { get; } =
        new(BatchStatus.Failed, ItemOutcome.MissingResult("batch_not_found", "The provider does not know the batch any more."));
}

/// <summary>When something happens to a batch, and what the next waking depends on.</summary>
/// <param name="Now">To the microsecond.</param>
/// <param name="Sample">Uniform in [0, 1).</param>
internal readonly record struct Moment(DateTimeOffset Now, PollOptions Pace, double Sample);
