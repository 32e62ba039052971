namespace JobTracker.Gateway.Auth.Loopback;

/// <summary>Whether a page of another origin makes a browser send this request.</summary>
/// <remarks>
/// What browsers say of it themselves, in headers that no page can set: <c>Sec-Fetch-Site</c> (W3C Fetch Metadata) and <c>Origin</c>
/// (RFC 6454, 7), as Go's CrossOriginProtection reads them. <c>same-site</c> is another origin too: anything may listen on another port
/// of this machine. Whoever sends neither is no browser of today.
/// </remarks>
internal static class ForeignPage
{
    /// <summary>RFC 9110, 9.2.1: what these methods ask for changes nothing, and the answer stays unreadable to a foreign page.</summary>
    public static bool Sends(HttpRequest request) =>
        !IsSafe(request.Method) && (IsOfAnotherSite(request.Headers["Sec-Fetch-Site"]) || IsOfAnotherOrigin(request));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOfAnotherSite(string? site) => !string.IsNullOrEmpty(site)
        && !site.Equals("same-origin", StringComparison.OrdinalIgnoreCase)
        && !site.Equals("none", StringComparison.OrdinalIgnoreCase);

    /// <summary>Host and port are compared, and not the scheme, which a proxy may have changed on the way.</summary>
    public static bool IsOfAnotherOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin))
            return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var page)
            || !page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
            || page.Port != (request.Host.Port ?? (page.IsDefaultPort ? page.Port : null));
    }
}
