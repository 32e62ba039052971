using System.Net;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>
/// Where callbacks may go. Pure: a name is judged only by what it says, and by <see cref="CallbackDialer"/> once it is resolved.
/// </summary>
/// <param name="allowed">Networks that are permitted although they are reserved.</param>
internal sealed class CallbackAddressRules(IReadOnlyList<IPNetwork> allowed)
{
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public CallbackAddressRules(IOptions<CallbackOptions> options)
        : this([.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))])
    {
    }

    /// <summary>Why an address may not be dialled, such as <c>loopback</c>; null when it may.</summary>
    /// <remarks>
    /// An IPv4-mapped address (RFC 4291, 2.5.5.2) and one behind NAT64 (RFC 6052) are judged as the IPv4 address they lead to.
    /// </remarks>
    public string? Refuse(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (allowed.Any(network => network.Contains(address)))
            return null;
        return Nat64.Contains(address)
            ? Refuse(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : ReservedNetworks.NameOf(address);
    }

    /// <summary>Why a URL cannot be a job's <c>callback_url</c>, as the end of a sentence about it; null when it can.</summary>
    /// <remarks>A literal address is judged in every form that URLs have for it (decimal, octal, hexadecimal, short), since
    /// <see cref="Uri"/> and <see cref="IPAddress"/> read them all as the address that would be dialled.</remarks>
    public string? Refuse(string url)
    {
        if (CallbackUrl.SpellingProblem(url) is { } problem)
            return problem;
        // A path alone would be an absolute file here.
        if (url.StartsWith('/') || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return "must be absolute, such as https://example.org/hook";
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return "is neither http nor https";
        if (uri.UserInfo.Length > 0)
            return "contains credentials";
        return RefuseHost(uri.IdnHost.TrimEnd('.'));
    }

    private string? RefuseHost(string host)
    {
        if (host.Length == 0)
            return "names no host";
        var zone = host.IndexOf('%', StringComparison.Ordinal);
        var literal = zone < 0 ? host : host[..zone];
        if (IPAddress.TryParse(literal, out var address))
            return Refuse(address) is { } name ? $"leads to an address that is not allowed ({name}: {address})" : null;
        var isLocal = host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal); // RFC 6761, 6.3
        return isLocal && Refuse(IPAddress.Loopback) is not null && Refuse(IPAddress.IPv6Loopback) is not null
            ? $"leads to an address that is not allowed (loopback: {host})"
            : null;
    }
}
