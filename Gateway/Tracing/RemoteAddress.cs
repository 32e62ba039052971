namespace JobTracker.Gateway.Tracing;

/// <summary>Where a request came from, as audit events spell it.</summary>
internal static class RemoteAddress
{
    /// <summary>An IP address, IPv4 in its own form also where it came in by IPv6; null: no network, as by a Unix socket.</summary>
    public static string? Of(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        var address => address.ToString(),
    };
}
