using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Batches;

/// <summary>
/// The command that follows a batch which was made at the provider by somebody else. Its items are those that its results name.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.AdoptBatch")]
public sealed record AdoptBatch
{
    /// <summary>The name of a configured account.</summary>
    [Id(0)] public required string Provider { get; init; }

    [Id(1)] public required string ProviderBatchId { get; init; }

    /// <summary>A JSON object, at most 64 KiB and 32 levels; null means empty.</summary>
    [Id(2)] public string? Metadata { get; init; }

    /// <summary>Of the batch's job.</summary>
    [Id(3)] public string? CallbackUrl { get; init; }

    /// <summary>Terminal statuses; null means completed and failed. Refused without a URL.</summary>
    [Id(4)] public ImmutableArray<JobStatus>? CallbackEvents { get; init; }

    /// <summary>As in a create.</summary>
    [Id(5)] public string? IdempotencyKey { get; init; }
    [Id(6)] public string? Fingerprint { get; init; }
}
