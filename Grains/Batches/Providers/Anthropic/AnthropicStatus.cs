using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>The tables of this dialect for a batch as a whole.</summary>
internal static class AnthropicStatus
{
    /// <param name="raw">Compared without case, as in every dialect.</param>
    public static ProviderStage Stage(string raw) => raw.ToLowerInvariant() switch
    {
        "in_progress" => ProviderStage.Running,
        "canceling" => ProviderStage.Cancelling,
        "ended" => ProviderStage.Ended,
        _ => ProviderStage.Unrecognized,
    };

    /// <summary>Ended is one word here; how it ended stands in the counts, which are true from the end on.</summary>
    public static ProviderEnd End(ProviderCounts counts) => counts switch
    {
        { Cancelled: > 0 } => ProviderEnd.Cancelled,
        { Expired: > 0 } => ProviderEnd.Expired,
        { Completed: > 0 } => ProviderEnd.Completed,
        _ => ProviderEnd.Failed,
    };

    public static BatchStatus Final(ItemTally items) => items switch
    {
        { Cancelled: > 0 } => BatchStatus.Cancelled,
        { Expired: > 0 } => BatchStatus.Expired,
        { Completed: > 0 } => BatchStatus.Completed,
        _ => BatchStatus.Failed,
    };

    /// <summary>Every request has a line, cancelled and expired ones included: a missing one is first of all a file that was cut.</summary>
    public static MissingItem Missing(ProviderEnd? end) => end switch
    {
        ProviderEnd.Cancelled => new(ItemOutcome.Cancelled(), ExpectedLines.OfAll),
        ProviderEnd.Expired => new(ItemOutcome.Expired(), ExpectedLines.OfAll),
        ProviderEnd.Completed or ProviderEnd.Failed or null => new(ItemOutcome.MissingResult(), ExpectedLines.OfAll),
    };
}
