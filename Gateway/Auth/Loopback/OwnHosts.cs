using System.Net;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Gateway.Auth.Loopback;

/// <summary>Which <c>Host</c> is ours while nobody signs in: a loopback name or address, or one of <c>AllowedHosts</c>.</summary>
/// <remarks>
/// A browser keeps to the name, not to the address: a page whose name is pointed at 127.0.0.1 (DNS rebinding) is refused by its name.
/// Patterns are those of ASP.NET's host filtering (<c>api.example;*.inner.example</c>); a bare <c>*</c> names nobody and is passed over.
/// </remarks>
internal sealed class OwnHosts
{
    public const string Setting = "AllowedHosts";

    private static readonly string[] Everything = ["*", "[::]", "0.0.0.0"];

    private readonly StringSegment[] _allowed;

    public OwnHosts(string? allowed)
    {
        var names = (allowed ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _allowed = [.. names.Except(Everything).Select(name => new StringSegment(name))];
    }

    /// <summary>A request without a host comes from no browser.</summary>
    public bool Has(HostString host) => !host.HasValue || IsLoopback(host.Host) || HostString.MatchesAny(host.Host, _allowed);

    /// <summary>localhost and the names below it (RFC 6761, 6.3), and the addresses that lead nowhere else.</summary>
    private static bool IsLoopback(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
