using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth.Refusals;

/// <summary>
/// How many refused credentials each address may send; beyond them its 401 becomes a 429. A valid credential is never turned away by it. Of
/// IPv6 the /64 counts, which one caller has whole.
/// </summary>
internal sealed class RefusalBudget(IOptions<GatewayLimits> limits) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _addresses = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.Value.RefusalsBurst,
            TokensPerPeriod = limits.Value.RefusalsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    /// <summary>False: the address has none left.</summary>
    public bool Spend(HttpContext http)
    {
        using var lease = _addresses.AttemptAcquire(Network(http.Connection.RemoteIpAddress ?? IPAddress.None));
        return lease.IsAcquired;
    }

    public void Dispose() => _addresses.Dispose();

    private static IPAddress Network(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
