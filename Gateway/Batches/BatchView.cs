using System.ComponentModel.DataAnnotations;
using JobTracker.Batches;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;

namespace JobTracker.Gateway.Batches;

/// <summary>A batch as HTTP shows it. Unset fields are null.</summary>
internal sealed record BatchView
{
    /// <summary>What every path about the batch names.</summary>
    [RegularExpression(Ids.BatchPattern)]
    public required string Id { get; init; }

    /// <summary>The job of type batch that goes with it; a resubmission gets one of its own.</summary>
    public required string JobId { get; init; }

    /// <summary>Whose batch it is.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The account that it goes through.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider calls it, once it has it.</summary>
    public string? ProviderBatchId { get; init; }

    /// <summary>Terminal only when the results are stored and reconciled.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>What the service is doing for it.</summary>
    public required BatchPhase Phase { get; init; }

    /// <summary>The provider's own word at the last successful poll.</summary>
    public string? RawStatus { get; init; }

    /// <summary>Its items by status.</summary>
    public required BatchCountsView Counts { get; init; }

    /// <summary>Some items completed although not all did, or although the batch was cancelled or expired.</summary>
    public bool HasPartialResults { get; init; }

    /// <summary>Why it failed as a whole, at most 100 reasons.</summary>
    public required BatchErrorView[] Errors { get; init; }

    /// <summary>Lines of this attempt's results that were set aside; GET .../quarantine shows them.</summary>
    public long Quarantined { get; init; }

    /// <summary>1, and one more with every resubmission.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was made here.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the provider took it.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it ended at the provider.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its status became terminal here.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the provider gives it up.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was asked to stop.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>When the provider is asked next.</summary>
    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>When the provider was asked last.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When the provider last answered well.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Why the last question failed.</summary>
    public string? LastPollError { get; init; }

    /// <summary>How many questions in a row failed.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>A human must look: last_poll_error tells why.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>What a completion handler, the batch's job or a linked job last failed with.</summary>
    public string? PostProcessingError { get; init; }

    /// <summary>What its maker keeps with it.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>1 at first, and one more with every change: the ETag.</summary>
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
        Errors = [.. batch.Errors.Select(error => new BatchErrorView(error.Code, error.Message, error.Line, error.Param))],
        Quarantined = batch.Quarantined,
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

/// <summary>One reason why the batch failed as a whole, in the provider's words where it gave any.</summary>
/// <param name="Code">1 to 128 characters, such as invalid_json_line.</param>
/// <param name="Message">1 to 2,000 characters.</param>
/// <param name="Line">Of the input as it went to the provider, from 1.</param>
/// <param name="Param">The field that is wrong.</param>
internal sealed record BatchErrorView(string? Code, string? Message, long? Line, string? Param);

/// <summary>Items by status, exact.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Pending">Those without a result yet.</param>
/// <param name="Completed">Those that the model answered.</param>
/// <param name="Failed">Those that the provider refused or failed.</param>
/// <param name="Cancelled">Those that were stopped.</param>
/// <param name="Expired">Those that the provider gave up.</param>
internal sealed record BatchCountsView(long Total, long Pending, long Completed, long Failed, long Cancelled, long Expired)
{
    public static BatchCountsView Of(BatchCounts counts) =>
        new(counts.Total, counts.Pending, counts.Completed, counts.Failed, counts.Cancelled, counts.Expired);
}
