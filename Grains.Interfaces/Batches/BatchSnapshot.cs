using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Batches;

/// <summary>The immutable public view of a batch at one version. Times are UTC, to the microsecond; JSON travels as its text.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchSnapshot")]
public sealed record BatchSnapshot
{
    [Id(0)] public required BatchId Id { get; init; }

    /// <summary>The job of type <c>batch</c> that goes with it; a resubmission gets one of its own.</summary>
    [Id(1)] public required JobId JobId { get; init; }

    [Id(2)] public required string OrganizationId { get; init; }

    /// <summary>The name of the account.</summary>
    [Id(3)] public required string Provider { get; init; }

    /// <summary>Null until the provider has it.</summary>
    [Id(4)] public string? ProviderBatchId { get; init; }

    [Id(5)] public required BatchStatus Status { get; init; }
    [Id(6)] public required BatchPhase Phase { get; init; }

    /// <summary>The provider's own word at the last successful poll.</summary>
    [Id(7)] public string? RawStatus { get; init; }

    [Id(8)] public BatchCounts Counts { get; init; } = new();

    /// <summary>Some items completed although not all did, or although the batch was cancelled or expired.</summary>
    [Id(9)] public bool HasPartialResults { get; init; }

    /// <summary>1, and one more with every resubmission.</summary>
    [Id(10)] public int Attempts { get; init; } = 1;

    [Id(11)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the provider took it in.</summary>
    [Id(12)] public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it ended at the provider.</summary>
    [Id(13)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its status became terminal here.</summary>
    [Id(14)] public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the provider gives up what is not done.</summary>
    [Id(15)] public DateTimeOffset? ExpiresAt { get; init; }

    [Id(16)] public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>When the batch is looked after next; null: never by itself.</summary>
    [Id(17)] public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>When the provider was last asked, and when it last answered well.</summary>
    [Id(18)] public DateTimeOffset? LastAttemptAt { get; init; }

    [Id(19)] public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>What went wrong at the last attempt; null when nothing did.</summary>
    [Id(20)] public string? LastPollError { get; init; }

    [Id(21)] public int ConsecutiveFailures { get; init; }

    /// <summary>A human must look: the account's key is refused, or the batch cannot go on by itself.</summary>
    [Id(22)] public bool NeedsAttention { get; init; }

    /// <summary>A JSON object, the caller's own.</summary>
    [Id(23)] public string Metadata { get; init; } = "{}";

    /// <summary>1 at creation, +1 with every stored change.</summary>
    [Id(24)] public required long Version { get; init; }

    /// <summary>What a completion handler, the batch's job or a linked job last failed with; null when none did.</summary>
    [Id(25)] public string? PostProcessingError { get; init; }

    /// <summary>Why it failed as a whole, at most 100 reasons; empty where it did not.</summary>
    [Id(26)]
    public ImmutableArray<BatchError> Errors
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Lines of this attempt's results that were set aside: they are no JSON, name no item, or were cut off.</summary>
    [Id(27)] public long Quarantined { get; init; }
}

/// <summary>Items by status; exact, as stored.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchCounts")]
public sealed record BatchCounts(
    [property: Id(0)] long Total = 0,
    [property: Id(1)] long Pending = 0,
    [property: Id(2)] long Completed = 0,
    [property: Id(3)] long Failed = 0,
    [property: Id(4)] long Cancelled = 0,
    [property: Id(5)] long Expired = 0);

/// <summary>One reason why a batch failed as a whole. The provider's own words where it gave any.</summary>
/// <param name="Code">1 to 128 characters, such as <c>invalid_json_line</c>; null where the provider gave none.</param>
/// <param name="Message">1 to 2,000 characters.</param>
/// <param name="Line">Of the input as it went to the provider, from 1.</param>
/// <param name="Param">The field that is wrong, in the provider's words.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchError")]
public sealed record BatchError(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Message,
    [property: Id(2)] long? Line = null,
    [property: Id(3)] string? Param = null);
