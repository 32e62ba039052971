namespace JobTracker.Grains.Batches.Providers;

/// <summary>What is known of a create whose answer was lost.</summary>
internal sealed record SubmissionTrace
{
    public required string SubmissionId { get; init; }

    /// <summary>When the create call began, by our clock.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    public required long ItemCount { get; init; }

    /// <summary>Whether a provider batch id of this account already belongs to a batch of ours.</summary>
    public required Func<string, CancellationToken, ValueTask<bool>> IsTaken { get; init; }

    /// <summary>Whether every one of these custom_ids (at most 100) was in the submission.</summary>
    public required Func<IReadOnlyList<string>, CancellationToken, ValueTask<bool>> OwnsAll { get; init; }
}

/// <summary>What a search for a lost create came to.</summary>
internal abstract record FindOutcome
{
    public sealed record Found(ProviderBatch Batch) : FindOutcome;

    /// <summary>It was looked for long enough after the create to be sure: it may be sent again.</summary>
    public sealed record Absent : FindOutcome;

    /// <summary>It cannot be told yet, or never by us. Sending again could pay twice; look again at the polling pace.</summary>
    /// <param name="Why">For an operator, who may adopt one of the candidates.</param>
    /// <param name="Candidates">Provider batch ids that may be it.</param>
    public sealed record Unclear(string Why, IReadOnlyList<string> Candidates) : FindOutcome;
}
