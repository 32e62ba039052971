namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>
/// Looks for a create whose answer was lost. A batch here carries nothing of ours, and custom_ids are the caller's own words which we do not
/// decorate. So a candidate is a batch of the right size, made at the right time, that none of our batches has; and only its results prove it:
/// a sample of their custom_ids must be ours. They can be read after its end alone, until then the answer is unclear. That costs waiting, and no
/// result: the batch runs on meanwhile. Guessing could give one caller another's results, and sending again pays twice.
/// </summary>
internal sealed class AnthropicSearch(AnthropicProvider provider, TimeProvider clock)
{
    private const int Sample = 100;

    public async Task<FindOutcome> FindAsync(SubmissionTrace trace, CancellationToken cancellation)
    {
        if (await CandidatesAsync(trace, cancellation) is not { } candidates)
            return new FindOutcome.Unclear("The account has too many recent batches to look through.", []);

        List<ProviderBatch> proven = [];
        List<string> open = [];
        foreach (var candidate in candidates)
        {
            var isIt = await IsItAsync(candidate, trace, cancellation);
            if (isIt is true) proven.Add(candidate);
            if (isIt is null) open.Add(candidate.Id);
        }
        return (proven, open) switch
        {
            ([var only], []) => new FindOutcome.Found(only),
            ([], []) => SearchWindow.Nothing(trace, clock.GetUtcNow()),
            ([], _) => new FindOutcome.Unclear("A batch of the same size and time has not ended: its results will tell.", open),
            _ => new FindOutcome.Unclear("Several batches fit.", [.. proven.Select(batch => batch.Id), .. open]),
        };
    }

    /// <summary>Null when the list did not come to an end.</summary>
    private async Task<List<ProviderBatch>?> CandidatesAsync(SubmissionTrace trace, CancellationToken cancellation)
    {
        List<ProviderBatch> candidates = [];
        string? after = null;
        for (var page = 0; page < SearchWindow.MaxPages; page++)
        {
            (var batches, after) = await provider.ListAsync(after, cancellation);
            foreach (var batch in batches)
            {
                if (await IsCandidateAsync(batch, trace, cancellation)) candidates.Add(batch);
            }
            if (after is null || batches.Any(batch => batch.CreatedAt is { } made && SearchWindow.IsBefore(trace, made))) return candidates;
        }
        return null;
    }

    private static async ValueTask<bool> IsCandidateAsync(ProviderBatch batch, SubmissionTrace trace, CancellationToken cancellation) =>
        batch.Counts.Total == trace.ItemCount
        && (batch.CreatedAt is not { } made || SearchWindow.Contains(trace, made))
        && !await trace.IsTaken(batch.Id, cancellation);

    /// <summary>Null while it cannot be told.</summary>
    private async Task<bool?> IsItAsync(ProviderBatch candidate, SubmissionTrace trace, CancellationToken cancellation)
    {
        if (candidate.Stage is not ProviderStage.Ended) return null;
        List<string> seen = [];
        try
        {
            await foreach (var line in provider.ReadResultsAsync(candidate, AnthropicBatch.Results, 0, cancellation))
            {
                if (line is ResultLine.Item item) seen.Add(item.CustomId);
                if (seen.Count == Sample) break;
            }
        }
        catch (ProviderException unreadable) when (unreadable.Error.Class is ProviderErrorClass.NotFound)
        {
            return null; // its results are gone, and with them the proof
        }
        return seen.Count == 0 ? null : await trace.OwnsAll(seen, cancellation);
    }
}
