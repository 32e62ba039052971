using System.Threading.RateLimiting;

namespace JobTracker.Gateway.Lists;

/// <summary>Bytes that an organization's answer holds until it is disposed of.</summary>
internal sealed class Reservation(
    PartitionedRateLimiter<string> organizations, string organization, RateLimitLease lease, int reserved) : IDisposable
{
    private RateLimitLease _lease = lease;

    /// <summary>
    /// The answer has so many bytes. The rest is given back, unless there is no
    /// room to count both for a moment: then others wait until it is written.
    /// </summary>
    /// <param name="bytes">0: nobody knows.</param>
    public void Narrow(long bytes)
    {
        if (bytes <= 0 || bytes >= reserved)
            return;
        var less = organizations.AttemptAcquire(organization, (int)bytes);
        if (!less.IsAcquired)
        {
            less.Dispose();
            return;
        }
        _lease.Dispose();
        _lease = less;
    }

    public void Dispose() => _lease.Dispose();
}
