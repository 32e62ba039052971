using JobTracker.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace JobTracker.Gateway.Proxies;

/// <summary>
/// Behind known proxies a request's address and scheme are those that the proxies tell: of <c>X-Forwarded-For</c> the last address that is
/// no known proxy's own. What anybody else writes there counts for nothing.
/// </summary>
internal static class KnownProxies
{
    public static void AddKnownProxies(this IServiceCollection services)
    {
        services.AddSection<ProxyOptions>(ProxyOptions.Section);
        // Last, so that ASPNETCORE_FORWARDEDHEADERS_ENABLED, which would trust everybody, opens nothing.
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<ProxyOptions>>((headers, proxies) =>
            Trust(headers, [.. proxies.Value.Known.Select(network => IPNetwork.Parse(network))]));
    }

    /// <summary>Before everything that asks where a request came from.</summary>
    public static void UseKnownProxies(this WebApplication app) => app.UseForwardedHeaders();

    /// <summary>With no network at all the middleware would trust every address: then it must read no header.</summary>
    private static void Trust(ForwardedHeadersOptions headers, IPNetwork[] networks)
    {
        headers.ForwardedHeaders = networks.Length == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in networks)
            headers.KnownIPNetworks.Add(network);
    }
}
