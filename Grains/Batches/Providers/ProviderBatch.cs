using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>
/// A provider's answer about one batch, read leniently: what is missing or malformed is null, never a failure of the poll.
/// </summary>
internal sealed record ProviderBatch
{
    public required string Id { get; init; }
    public required ProviderStage Stage { get; init; }

    /// <summary>The provider's word for the status, empty when it gave none.</summary>
    public required string RawStatus { get; init; }

    /// <summary>Set exactly when the stage is <see cref="ProviderStage.Ended"/>.</summary>
    public ProviderEnd? End { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>
    /// For people to watch: providers fill them late or not at all. What is decided by them is the size of a lost Anthropic batch, and,
    /// once it ended, whether its files may hold more than they gave.
    /// </summary>
    public ProviderCounts Counts { get; init; } = new();

    /// <summary>It was stopped before anything was finished, as it says itself: an empty file is all that there is.</summary>
    public bool FinishedNothing => End is ProviderEnd.Cancelled or ProviderEnd.Expired && Counts is { Total: > 0, Finished: 0 };

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The submission id that went out with the create, where the dialect can carry one.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>The file whose lines it runs, where the dialect has one.</summary>
    public string? InputId { get; init; }

    /// <summary>
    /// The result files in the order in which they are read. They may be fewer at first: some come an answer or two after the end.
    /// </summary>
    /// <remarks>
    /// Rows of before this had a list of ids instead; nothing is read by it, because the batch is asked for anew before a pass.
    /// </remarks>
    public IReadOnlyList<ResultFile> Files { get; init => field = value ?? []; } = [];

    /// <summary>Why the provider refused the batch as a whole; at most <see cref="ProviderFault.Most"/>.</summary>
    public IReadOnlyList<ProviderFault> Faults { get; init; } = [];
}

/// <summary>A file that results are read from.</summary>
/// <param name="Place">Which of its dialect's files it is, always the same, whatever other files there are: lines that were set aside are
/// known by it.</param>
/// <param name="Name">What people call it, such as "output file".</param>
/// <param name="Id">The provider's id. Opaque outside the dialect.</param>
internal sealed record ResultFile(int Place, string Name, string Id)
{
    public string Title => Name == Id ? Name : $"{Name} {Id}";
}

/// <summary>Items by state as the provider counts them; <see cref="Total"/> is their sum or the provider's own total.</summary>
internal sealed record ProviderCounts(
    long Total = 0, long Pending = 0, long Completed = 0, long Failed = 0, long Cancelled = 0, long Expired = 0)
{
    /// <summary>Items that were answered, well or not: each has a line in every dialect.</summary>
    public long Finished => Completed + Failed;
}
