using System.Threading.RateLimiting;

namespace JobTracker.Grains.Batches.Work;

/// <summary>
/// Uploads and downloads at once, which hold buffers: so many of a silo, and fewer of one account, so that none can take every place. First
/// come, first served.
/// </summary>
/// <param name="all">Of the silo, at least 2.</param>
/// <param name="perAccount">At most one less than <paramref name="all"/> counts.</param>
internal sealed class TransferSlots(int all, int perAccount) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _slots = PartitionedRateLimiter.CreateChained(
        Slots(Math.Min(perAccount, all - 1), account => account), Slots(all, _ => ""));

    /// <summary>Waits for a place, which is given back by disposing of it.</summary>
    public async Task<IDisposable> EnterAsync(string account, CancellationToken cancellation) =>
        await _slots.AcquireAsync(account, 1, cancellation);

    public void Dispose() => _slots.Dispose();

    private static PartitionedRateLimiter<string> Slots(
        int places, Func<string, string> group) => PartitionedRateLimiter.Create<string, string>(
        account => RateLimitPartition.GetConcurrencyLimiter(group(account), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = places,
            QueueLimit = int.MaxValue, // those who wait are batches under their lease: the poller bounds how many
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));
}
