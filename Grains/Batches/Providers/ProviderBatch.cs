namespace JobTracker.Grains.Batches.Providers;

/// <summary>A provider's answer about one batch, read leniently: what is missing or malformed is null, never a failure of the poll.</summary>
internal sealed record ProviderBatch
{
    public required string Id { get; init; }
    public required ProviderStage Stage { get; init; }

    /// <summary>The provider's word for the status, empty when it gave none.</summary>
    public required string RawStatus { get; init; }

    /// <summary>Set exactly when the stage is <see cref="ProviderStage.Ended"/>.</summary>
    public ProviderEnd? End { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>For people to watch. Nothing is decided by them but the size of a lost Anthropic batch: providers fill them late or not at all.</summary>
    public ProviderCounts Counts { get; init; } = new();

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The submission id that went out with the create, where the dialect can carry one.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>Names of the result files in the order in which they are read; they may be fewer before the end. Opaque outside the dialect.</summary>
    public IReadOnlyList<string> ResultFiles { get; init; } = [];

    /// <summary>Why the provider refused the batch as a whole; at most <see cref="ProviderFault.Most"/>.</summary>
    public IReadOnlyList<ProviderFault> Faults { get; init; } = [];
}

/// <summary>Items by state as the provider counts them; <see cref="Total"/> is their sum or the provider's own total.</summary>
internal sealed record ProviderCounts(long Total = 0, long Pending = 0, long Completed = 0, long Failed = 0, long Cancelled = 0, long Expired = 0);
