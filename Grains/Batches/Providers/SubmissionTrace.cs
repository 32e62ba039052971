using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>What is known of a create that went out and of which it is not known what came of it.</summary>
internal sealed record SubmissionTrace
{
    public required BatchId BatchId { get; init; }

    /// <summary>Whose it is: nothing is handed from one organization to another on likeness.</summary>
    public required string OrganizationId { get; init; }

    public required string SubmissionId { get; init; }

    /// <summary>What was uploaded for it; null: nothing, or by a version that did not write it down.</summary>
    public string? InputId { get; init; }

    public required long ItemCount { get; init; }

    /// <summary>When the create call began, by our clock.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>The latest time at which the provider may have carried it out, by our clock.</summary>
    public required DateTimeOffset CarriedOutBy { get; init; }

    /// <summary>The call has not ended yet: its own answer will tell.</summary>
    public bool IsUnderWay { get; init; }
}

/// <summary>What the database knows of the creates of one account, asked for while a provider's list is gone through.</summary>
internal sealed record AccountCreates
{
    /// <summary>Whether a provider batch id already belongs to a batch of ours.</summary>
    public required Func<string, CancellationToken, Task<bool>> IsTaken { get; init; }

    /// <summary>
    /// Creates of unknown outcome with so many items (null: any number) that
    /// have all of these custom_ids (at most 100; null: whatever theirs are).
    /// </summary>
    public required Func<long?, IReadOnlyList<string>?, CancellationToken, Task<IReadOnlyList<SubmissionTrace>>> Alike { get; init; }

    /// <summary>All creates of unknown outcome.</summary>
    public required Func<CancellationToken, IAsyncEnumerable<SubmissionTrace>> Unresolved { get; init; }
}
