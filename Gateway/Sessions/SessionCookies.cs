using Microsoft.AspNetCore.Authentication.Cookies;

namespace JobTracker.Gateway.Sessions;

/// <summary>
/// The names of the cookies: over TLS one that a browser takes from this very host alone, over https and for all paths
/// (RFC 6265bis, 4.1.3.2); where there is no TLS it would take none by such a name.
/// </summary>
internal sealed class SessionCookies : ICookieManager
{
    private const string OfThisHostAlone = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    public static string Session(bool isHttps) => isHttps ? $"{OfThisHostAlone}jobtracker" : "jobtracker-session";

    public static string Forgery(bool isHttps) => isHttps ? $"{OfThisHostAlone}jobtracker-forgery" : "jobtracker-forgery";

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameFor(context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameFor(context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _cookies.DeleteCookie(context, NameFor(context), options);

    private static string NameFor(HttpContext http) => Session(http.Request.IsHttps);
}
