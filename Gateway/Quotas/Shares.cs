using System.Threading.RateLimiting;
using JobTracker.Gateway.Auth;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Quotas;

/// <summary>What an organization may have under way at the same time on this gateway, of each kind.</summary>
internal sealed class Shares(IOptions<GatewayLimits> limits, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<Share> _shares = PartitionedRateLimiter.Create<Share, Share>(share =>
        RateLimitPartition.GetConcurrencyLimiter(share, size => new ConcurrencyLimiterOptions
        {
            PermitLimit = size.Most,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Reads that wait (<c>Limits:Waits</c>).</summary>
    public RateLimitLease? TakeWait(HttpContext http) => Take(http, "wait", own => own.Waits, limits.Value.Waits);

    /// <summary>Event streams (<c>Limits:Streams</c>).</summary>
    public RateLimitLease? TakeStream(HttpContext http) => Take(http, "stream", own => own.Streams, limits.Value.Streams);

    /// <summary>Creates under way (<c>Limits:Creates</c>); of a bulk request, as many as are made at the same time.</summary>
    public RateLimitLease? TakeCreates(HttpContext http, int count) =>
        Take(http, "create", own => own.Creates, limits.Value.Creates, count);

    /// <summary>Exports (<c>Limits:Exports</c>).</summary>
    public RateLimitLease? TakeExport(HttpContext http) => Take(http, "export", _ => null, limits.Value.Exports);

    /// <summary>Lists and counts (<c>Limits:Lists</c>), for which one may wait <c>Limits:ListWait</c>.</summary>
    public ValueTask<RateLimitLease?> TakeListAsync(HttpContext http) => _shares.AcquireWithinAsync(
        Of(http, "list", own => own.Lists, limits.Value.Lists), 1, limits.Value.ListWait, clock, http.RequestAborted);

    public void Dispose() => _shares.Dispose();

    private RateLimitLease? Take(HttpContext http, string kind, Func<OrganizationLimits, int?> own, int configured, int count = 1)
    {
        var share = Of(http, kind, own, configured);
        var lease = _shares.AttemptAcquire(share, Math.Min(count, share.Most));
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    private static Share Of(HttpContext http, string kind, Func<OrganizationLimits, int?> own, int configured)
    {
        var limits = (http.User.Identity as CallerIdentity)?.Limits ?? OrganizationLimits.Configured;
        return new Share(http.Caller().OrganizationId, kind, own(limits) ?? configured);
    }

    /// <summary>What a limiter is made for: whose limits change gets another one.</summary>
    private readonly record struct Share(string Organization, string Kind, int Most);
}
