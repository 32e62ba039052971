using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>What a chunk of lines came to: items that got an outcome by status, and what did not count.</summary>
/// <param name="Same">Lines whose item had this very outcome already.</param>
/// <param name="Conflicts">Lines whose item had another outcome, which stays.</param>
/// <param name="Quarantined">Lines that name no item of the submission.</param>
internal sealed record IngestTally(
    long Completed = 0, long Failed = 0, long Cancelled = 0, long Expired = 0, long Same = 0, long Conflicts = 0, long Quarantined = 0)
{
    public long Settled => Completed + Failed + Cancelled + Expired;

    public IngestTally With(ItemStatus status, long more) => status switch
    {
        ItemStatus.Completed => this with { Completed = Completed + more },
        ItemStatus.Failed => this with { Failed = Failed + more },
        ItemStatus.Cancelled => this with { Cancelled = Cancelled + more },
        ItemStatus.Expired => this with { Expired = Expired + more },
        ItemStatus.Pending => this,
    };

    /// <param name="adopted">The items were not known before: they add to the total instead of leaving pending.</param>
    public BatchCounts AddTo(BatchCounts counts, bool adopted) => counts with
    {
        Total = counts.Total + (adopted ? Settled : 0),
        Pending = counts.Pending - (adopted ? 0 : Settled),
        Completed = counts.Completed + Completed,
        Failed = counts.Failed + Failed,
        Cancelled = counts.Cancelled + Cancelled,
        Expired = counts.Expired + Expired,
    };
}
