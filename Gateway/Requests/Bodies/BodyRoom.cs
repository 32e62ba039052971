using System.Threading.RateLimiting;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// Bounds the bytes of request bodies that one organization has in this gateway's memory (<c>Limits:OrganizationBodyBytes</c>). Small
/// bodies do not count: as many as there may be take less than one large one is worth the counting.
/// </summary>
/// <remarks>
/// Room is taken once for the whole of a body, when the first <see cref="Small"/> bytes of it were read, so that no two bodies can hold
/// half of what the other needs. A body that finds none waits for <c>Limits:ListWait</c>, unread.
/// </remarks>
internal sealed class BodyRoom(IOptions<GatewayLimits> limits, TimeProvider clock) : IDisposable
{
    /// <summary>Bytes of a body that count as nothing.</summary>
    public const int Small = 64 << 10;

    private readonly PartitionedRateLimiter<string> _organizations = PartitionedRateLimiter.Create<string, string>(
        organization => RateLimitPartition.GetConcurrencyLimiter(organization, _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = limits.Value.OrganizationBodyBytes,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }), StringComparer.Ordinal);

    /// <summary>Takes room until the request is answered.</summary>
    /// <exception cref="NoBodyRoomException">There is none.</exception>
    public async ValueTask TakeAsync(HttpContext http, long bytes)
    {
        var organization = (http.User.Identity as CallerIdentity)?.Caller.OrganizationId ?? "";
        var most = (int)Math.Min(bytes, limits.Value.OrganizationBodyBytes);
        var lease = await _organizations.AcquireWithinAsync(organization, most, limits.Value.ListWait, clock, http.RequestAborted)
            ?? throw new NoBodyRoomException();
        http.Response.RegisterForDispose(lease);
    }

    public void Dispose() => _organizations.Dispose();
}
