namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>Looks for a create whose answer was lost, by the metadata it carried. The metadata is proof enough by itself, at any size and time.</summary>
internal sealed class OpenAISearch(OpenAIProvider provider, TimeProvider clock)
{
    public async Task<FindOutcome> FindAsync(SubmissionTrace trace, CancellationToken cancellation)
    {
        List<ProviderBatch> ours = [];
        string? after = null;
        for (var page = 0; page < SearchWindow.MaxPages; page++)
        {
            (var batches, after) = await provider.ListAsync(after, cancellation);
            ours.AddRange(batches.Where(batch => batch.SubmissionId == trace.SubmissionId));
            if (after is null || batches.Any(batch => batch.CreatedAt is { } made && SearchWindow.IsBefore(trace, made))) return Conclude(ours, trace);
        }
        return ours.Count > 0 ? Conclude(ours, trace) : new FindOutcome.Unclear("The account has too many recent batches to look through.", []);
    }

    private FindOutcome Conclude(List<ProviderBatch> ours, SubmissionTrace trace) => ours switch
    {
        [] => SearchWindow.Nothing(trace, clock.GetUtcNow()),
        [var only] => new FindOutcome.Found(only),
        _ => new FindOutcome.Unclear("The provider made several batches of one create.", [.. ours.Select(batch => batch.Id)]),
    };
}
