using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>
/// Looks for a create whose answer was lost. A batch here carries nothing of ours, and custom_ids are the caller's own words which we do
/// not decorate. So a candidate is a batch of the right size, made at the right time, that none of our batches has; and only its results
/// prove it: a sample of their custom_ids must be ours, and no other lost create's of that size and time. Results can be read after its end
/// alone, until then the answer is unclear. That costs waiting, and no result: the batch runs on meanwhile. Guessing could give one caller
/// another's results, and sending again pays twice.
/// </summary>
internal sealed class AnthropicSearch(AnthropicProvider provider)
{
    private const int Sample = 100;

    public async Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation)
    {
        List<Match> matches = [];
        var list = new BatchList(after => provider.ReadPageAsync(after, cancellation), entry => entry.Time("created_at"));
        List<ProviderBatch> candidates = [];
        await foreach (var entry in list.EntriesAsync(trace))
        {
            if (AnthropicBatch.Read(entry) is { } batch && await IsCandidateAsync(batch, trace, creates, cancellation))
                candidates.Add(batch);
        }
        foreach (var candidate in candidates.DistinctBy(batch => batch.Id))
        {
            // Asked after the list was read: who made a batch that it shows had written it down before.
            var match = await MatchAsync(candidate, creates, cancellation);
            if (match.MayBe.Any(other => other.SubmissionId == trace.SubmissionId))
                matches.Add(match);
        }
        return Conclude(matches, trace, list.IsWhole);
    }

    /// <summary>The lost creates that a batch may be.</summary>
    public async Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(
        ProviderBatch batch, AccountCreates creates, CancellationToken cancellation) =>
        (await MatchAsync(batch, creates, cancellation)).MayBe;

    private static FindOutcome Conclude(List<Match> matches, SubmissionTrace trace, bool isWhole)
    {
        if (matches.Any(match => match.IsContested))
            return Contested(matches, trace);
        var open = matches.Where(match => !match.IsSampled).ToList();
        return matches switch
        {
            [] when isWhole => new FindOutcome.NotListed(),
            [{ IsSampled: true } only] when isWhole => new FindOutcome.Found(only.Batch),
            [] or [{ IsSampled: true }] =>
                new FindOutcome.Unclear("The account's list could not be looked through to its end.", [], NeedsAttention: true),
            _ when open.Count == matches.Count => new FindOutcome.Unclear(
                "A batch of the same size and time has no results to tell by yet.", Ids(
                    matches), NeedsAttention: open.Exists(match => match.Batch.Stage is ProviderStage.Ended)),
            _ => new FindOutcome.Unclear("Several batches fit.", Ids(matches), NeedsAttention: open.Count == 0),
        };
    }

    /// <summary>A candidate that may be another organization's is not named.</summary>
    private static FindOutcome.Unclear Contested(List<Match> matches, SubmissionTrace trace) => new(
        "A batch fits that may come from another create of the same size and time, whose answer is not known either.",
        Ids(matches.Where(match => match.MayBe.All(other => other.OrganizationId == trace.OrganizationId))),
        NeedsAttention: !matches.Exists(match => match.MayBe.Any(other => other.IsUnderWay)));

    private static async ValueTask<bool> IsCandidateAsync(
        ProviderBatch batch, SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation) =>
        (Size(batch) is not { } items || items == trace.ItemCount)
        && SearchWindow.Contains(trace, batch.CreatedAt)
        && !await creates.IsTaken(batch.Id, cancellation);

    private async Task<Match> MatchAsync(ProviderBatch batch, AccountCreates creates, CancellationToken cancellation)
    {
        var sample = await SampleAsync(batch, cancellation);
        var alike = await creates.Alike(Size(batch), sample, cancellation);
        return new Match(batch, sample is not null, [.. alike.Where(trace => SearchWindow.Contains(trace, batch.CreatedAt))]);
    }

    /// <summary>custom_ids of its results; null while there are none to read, or for ever where they are gone.</summary>
    private async Task<IReadOnlyList<string>?> SampleAsync(ProviderBatch batch, CancellationToken cancellation)
    {
        if (batch.Stage is not ProviderStage.Ended)
            return null;
        List<string> seen = [];
        try
        {
            await foreach (var line in provider.ReadResultsAsync(batch, AnthropicBatch.Results, 0, cancellation))
            {
                if (line is ResultLine.Item item)
                    seen.Add(item.CustomId);
                if (seen.Count == Sample)
                    break;
            }
        }
        catch (ProviderException unreadable) when (unreadable.Error.Class is ProviderErrorClass.NotFound)
        {
            return null;
        }
        return seen.Count == 0 ? null : seen;
    }

    /// <summary>No batch is empty: a size of none is one that the provider did not tell.</summary>
    private static long? Size(ProviderBatch batch) => batch.Counts.Total is > 0 and var total ? total : null;

    private static string[] Ids(IEnumerable<Match> matches) => [.. matches.Select(match => match.Batch.Id)];

    /// <param name="IsSampled">Custom_ids of its results were compared.</param>
    /// <param name="MayBe">The lost creates that it may be.</param>
    private sealed record Match(ProviderBatch Batch, bool IsSampled, IReadOnlyList<SubmissionTrace> MayBe)
    {
        /// <summary>Where results are still to come, they may tell the creates apart.</summary>
        public bool IsContested => MayBe.Count > 1 && (IsSampled || Batch.Stage is ProviderStage.Ended);
    }
}
