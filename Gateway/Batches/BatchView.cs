using JobTracker.Batches;
using JobTracker.Gateway.Json;

namespace JobTracker.Gateway.Batches;

/// <summary>A batch as HTTP shows it. Unset fields are null.</summary>
internal sealed record BatchView
{
    public required string Id { get; init; }

    /// <summary>The job of type batch that goes with it; a resubmission gets one of its own.</summary>
    public required string JobId { get; init; }

    public required string OrganizationId { get; init; }
    public required string Provider { get; init; }
    public string? ProviderBatchId { get; init; }

    /// <summary>Terminal only when the results are stored and reconciled.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>What the service is doing for it.</summary>
    public required BatchPhase Phase { get; init; }

    /// <summary>The provider's own word at the last successful poll.</summary>
    public string? RawStatus { get; init; }

    public required BatchCountsView Counts { get; init; }
    public bool HasPartialResults { get; init; }

    /// <summary>1, and one more with every resubmission.</summary>
    public int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it ended at the provider.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its status became terminal here.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? CancelRequestedAt { get; init; }
    public DateTimeOffset? NextPollAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public string? LastPollError { get; init; }
    public int ConsecutiveFailures { get; init; }

    /// <summary>A human must look: last_poll_error tells why.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>What a completion handler last failed with.</summary>
    public string? PostProcessingError { get; init; }

    public required RawJson Metadata { get; init; }
    public required long Version { get; init; }

    public static BatchView Of(BatchSnapshot batch) => new()
    {
        Id = batch.Id.ToString(),
        JobId = batch.JobId.ToString(),
        OrganizationId = batch.OrganizationId,
        Provider = batch.Provider,
        ProviderBatchId = batch.ProviderBatchId,
        Status = batch.Status,
        Phase = batch.Phase,
        RawStatus = batch.RawStatus,
        Counts = BatchCountsView.Of(batch.Counts),
        HasPartialResults = batch.HasPartialResults,
        Attempts = batch.Attempts,
        CreatedAt = batch.CreatedAt,
        SubmittedAt = batch.SubmittedAt,
        EndedAt = batch.EndedAt,
        CompletedAt = batch.CompletedAt,
        ExpiresAt = batch.ExpiresAt,
        CancelRequestedAt = batch.CancelRequestedAt,
        NextPollAt = batch.NextPollAt,
        LastAttemptAt = batch.LastAttemptAt,
        LastSuccessAt = batch.LastSuccessAt,
        LastPollError = batch.LastPollError,
        ConsecutiveFailures = batch.ConsecutiveFailures,
        NeedsAttention = batch.NeedsAttention,
        PostProcessingError = batch.PostProcessingError,
        Metadata = new RawJson(batch.Metadata),
        Version = batch.Version,
    };
}

/// <summary>Items by status, exact.</summary>
internal sealed record BatchCountsView(long Total, long Pending, long Completed, long Failed, long Cancelled, long Expired)
{
    public static BatchCountsView Of(BatchCounts counts) =>
        new(counts.Total, counts.Pending, counts.Completed, counts.Failed, counts.Cancelled, counts.Expired);
}
