using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace JobTracker.Gateway.Sessions;

/// <summary>
/// A browser lets every page open a socket anywhere, and sends the cookies of wherever that is: so a live page's socket is for pages of
/// this very host alone (RFC 6455, 10.2). Every browser says in <c>Origin</c> whose page it is that opens one.
/// </summary>
internal static class SocketOrigin
{
    private static readonly Problem Foreign = new(
        ProblemKind.CrossSiteRequest, "The sockets of the pages are for pages of this host alone; the Origin header names another, or none.");

    /// <summary>Before authentication: it holds for everybody.</summary>
    public static void UseSocketOrigin(this WebApplication app) => app.Use((http, next) =>
        PagePaths.IsSocket(http.Request.Path) && IsForeign(http) ? new ProblemResult(Foreign).ExecuteAsync(http) : next(http));

    public static bool IsForeign(HttpContext http) =>
        string.IsNullOrEmpty(http.Request.Headers.Origin) ? OpensSocket(http) : ForeignPage.IsOfAnotherOrigin(http.Request);

    /// <summary>By HTTP/1.1 (RFC 6455, 4.1) or HTTP/2 (RFC 8441, 4).</summary>
    private static bool OpensSocket(HttpContext http) => !string.IsNullOrEmpty(http.Request.Headers.Upgrade)
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
