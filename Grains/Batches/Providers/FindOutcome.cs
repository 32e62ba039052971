using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>What a search for a lost create came to.</summary>
internal abstract record FindOutcome
{
    public sealed record Found(ProviderBatch Batch) : FindOutcome;

    /// <summary>
    /// The whole list, up to batches older than the create, does not show it now. That alone proves nothing: <see cref="AbsenceRule"/>.
    /// </summary>
    public sealed record NotListed : FindOutcome;

    /// <summary>It cannot be told yet, or never by us. Sending again could pay twice; look again at the polling pace.</summary>
    /// <param name="Why">For an operator, who may adopt one of the candidates.</param>
    /// <param name="Candidates">Provider batch ids that may be it, none of them another organization's.</param>
    /// <param name="NeedsAttention">Waiting alone will not tell.</param>
    public sealed record Unclear(string Why, IReadOnlyList<string> Candidates, bool NeedsAttention) : FindOutcome;
}
