using System.Net;
using System.Net.Sockets;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>Address blocks that no callback reaches unless it is allowed to, and what each is.</summary>
/// <remarks>
/// IANA special-purpose address registries (RFC 6890 and its updates), and the metadata address that lies outside of them.
/// </remarks>
internal static class ReservedNetworks
{
    private static readonly (IPNetwork Network, string Name)[] Ipv4 =
    [
        Block("0.0.0.0/8", "unspecified"),
        Block("10.0.0.0/8", "private"),
        Block("100.64.0.0/10", "carrier-grade NAT"),
        Block("127.0.0.0/8", "loopback"),
        Block("168.63.129.16/32", "metadata"), // a cloud's host agent, on a public address
        Block("169.254.0.0/16", "link-local"), // 169.254.169.254, the metadata address of most clouds, is here
        Block("172.16.0.0/12", "private"),
        Block("192.0.0.0/24", "reserved"),
        Block("192.0.2.0/24", "documentation"),
        Block("192.88.99.0/24", "reserved"), // 6to4 relays
        Block("192.168.0.0/16", "private"),
        Block("198.18.0.0/15", "benchmarking"),
        Block("198.51.100.0/24", "documentation"),
        Block("203.0.113.0/24", "documentation"),
        Block("224.0.0.0/4", "multicast"),
        Block("240.0.0.0/4", "reserved"), // the broadcast address is its last
    ];

    private static readonly (IPNetwork Network, string Name)[] Ipv6 =
    [
        Block("::/128", "unspecified"),
        Block("::1/128", "loopback"),
        Block("2001::/32", "Teredo"),
        Block("2001::/23", "reserved"),
        Block("2001:db8::/32", "documentation"),
        Block("2002::/16", "6to4"),
        Block("3fff::/20", "documentation"),
        Block("fc00::/7", "unique-local"),
        Block("fe80::/10", "link-local"),
        Block("fec0::/10", "site-local"),
        Block("ff00::/8", "multicast"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>What the reserved block of an address is called; null when anyone may reach it.</summary>
    /// <param name="address">Not an IPv4-mapped one.</param>
    public static string? NameOf(IPAddress address)
    {
        var isIpv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        foreach (var (network, name) in isIpv6 ? Ipv6 : Ipv4)
        {
            if (network.Contains(address))
                return name;
        }
        return isIpv6 && !GlobalUnicast.Contains(address) ? "reserved" : null;
    }

    private static (IPNetwork Network, string Name) Block(string network, string name) => (IPNetwork.Parse(network), name);
}
