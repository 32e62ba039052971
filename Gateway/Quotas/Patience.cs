using System.Threading.RateLimiting;

namespace JobTracker.Gateway.Quotas;

/// <summary>Waiting in a limiter's queue, but not for ever.</summary>
internal static class Patience
{
    /// <summary>Null: there was no room in that time.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public static async ValueTask<RateLimitLease?> AcquireWithinAsync<TKey>(
        this PartitionedRateLimiter<TKey> limiter, TKey key, int permits, TimeSpan patience, TimeProvider clock, CancellationToken aborted)
    {
        var lease = limiter.AttemptAcquire(key, permits);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        using var late = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            lease = await limiter.AcquireAsync(key, permits, either.Token);
            if (lease.IsAcquired)
                return lease;
            lease.Dispose();
            return null;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
