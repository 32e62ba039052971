using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>The tables of this dialect for a batch as a whole.</summary>
internal static class OpenAIStatus
{
    /// <param name="raw">Compared without case, which compatible endpoints do not keep.</param>
    public static (ProviderStage Stage, ProviderEnd? End) Read(string raw) => raw.ToLowerInvariant() switch
    {
        "validating" => (ProviderStage.Validating, null),
        "in_progress" => (ProviderStage.Running, null),
        "finalizing" => (ProviderStage.Finalizing, null),
        "cancelling" => (ProviderStage.Cancelling, null),
        "completed" => (ProviderStage.Ended, ProviderEnd.Completed),
        "failed" => (ProviderStage.Ended, ProviderEnd.Failed),
        "cancelled" => (ProviderStage.Ended, ProviderEnd.Cancelled),
        "expired" => (ProviderStage.Ended, ProviderEnd.Expired),
        _ => (ProviderStage.Unrecognized, null),
    };

    public static BatchStatus Final(ProviderEnd? end, ItemTally items) => end switch
    {
        ProviderEnd.Completed when items.Completed > 0 => BatchStatus.Completed,
        ProviderEnd.Cancelled => BatchStatus.Cancelled,
        ProviderEnd.Expired => BatchStatus.Expired,
        ProviderEnd.Completed or ProviderEnd.Failed or null => BatchStatus.Failed,
    };

    /// <summary>Cancelled and expired items may have no line, and a batch that failed validation has none at all.</summary>
    public static MissingItem Missing(ProviderEnd? end, ProviderFault? fault) => end switch
    {
        ProviderEnd.Cancelled => new(ItemOutcome.Cancelled(), ExpectedLines.OfFinished),
        ProviderEnd.Expired => new(ItemOutcome.Expired(), ExpectedLines.OfFinished),
        ProviderEnd.Failed => new(ItemOutcome.MissingResult(fault?.Code, fault?.Message), ExpectedLines.None),
        ProviderEnd.Completed or null => new(ItemOutcome.MissingResult(), ExpectedLines.OfAll),
    };
}
