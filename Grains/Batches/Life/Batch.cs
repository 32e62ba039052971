using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

    /// <summary>What belongs to its current submission alone.</summary>
    [JsonIgnore] // it is stored beside the batch, see BatchJson
    public BatchAttempt Attempt { get; init; } = BatchAttempt.New();

    /// <summary>Lines of the current pass that were set aside.</summary>
    public long Quarantined
    {
        get => Snapshot.Quarantined;
        init => Snapshot = Snapshot with { Quarantined = value }; // a silo of before keeps it here
    }

    /// <summary>The jobs of the attempts before this one: they are the batch's until it goes.</summary>
    public ImmutableArray<JobId> EarlierJobs { get; init => field = value.IsDefault ? [] : value; } = [];

    public BatchId Id => Snapshot.Id;

    public bool IsDraft => Snapshot.Phase is BatchPhase.Receiving && !IsRemoved;

    /// <summary>Unique for each create call that is ever made.</summary>
    public string SubmissionId => $"{Snapshot.Id}/{Snapshot.Attempts}/{Attempt.Sends}";

    /// <summary>A create went out, and what came of it is not known.</summary>
    public bool IsUnresolved => Attempt.PostedAt is not null;

    private Batch With(BatchSnapshot snapshot) => this with { Snapshot = snapshot };

    private Batch With(BatchAttempt attempt) => this with { Attempt = attempt };

    private Batch With(BatchSnapshot snapshot, BatchAttempt attempt) => this with { Snapshot = snapshot, Attempt = attempt };
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
