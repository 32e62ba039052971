using System.Threading.RateLimiting;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Lists;

/// <summary>
/// Bounds the bytes of list answers that one organization has on their way on this gateway (<c>Limits:OrganizationBytesInFlight</c>): what
/// its slow readers hold is its own loss.
/// </summary>
/// <remarks>
/// .NET's concurrency limiter counts them, a permit a byte. Lists that find no room queue for <c>Limits:ListWait</c>, oldest first.
/// </remarks>
internal sealed class BytesInFlight(IOptions<GatewayLimits> limits, Shares shares, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _organizations = PartitionedRateLimiter.Create<string, string>(
        organization => RateLimitPartition.GetConcurrencyLimiter(organization, _ => Options(limits.Value)), StringComparer.Ordinal);

    /// <summary>One page: room for the largest is taken before it is read, and what it leaves is given back before it is sent.</summary>
    /// <param name="size">In bytes; 0: nobody knows.</param>
    public async Task<IResult> SendAsync<TPage>(
        HttpContext http, Func<Task<TPage>> read, Func<TPage, long> size, Func<TPage, IResult> answer)
    {
        if (await ReserveAsync(http) is not { } reservation)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        using var share = await shares.TakeListAsync(http);
        if (share is null)
            return new ProblemResult(ProblemMap.TooManyLists);
        var page = await read();
        reservation.Narrow(size(page));
        return answer(page);
    }

    /// <summary>
    /// Room for the largest page, before it is read; given back when the answer is written or broken off. Null: there is none.
    /// </summary>
    public async ValueTask<Reservation?> ReserveAsync(HttpContext http)
    {
        var organization = http.Caller().OrganizationId;
        var bytes = limits.Value.PageBytes;
        if (await _organizations.AcquireWithinAsync(
            organization, bytes, limits.Value.ListWait, clock, http.RequestAborted) is not { } lease)
            return null;
        var reservation = new Reservation(_organizations, organization, lease, bytes);
        http.Response.RegisterForDispose(reservation);
        return reservation;
    }

    public void Dispose() => _organizations.Dispose();

    /// <summary>As many may queue as the limiter can count.</summary>
    private static ConcurrencyLimiterOptions Options(GatewayLimits limits) => new()
    {
        PermitLimit = limits.OrganizationBytesInFlight,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };
}
