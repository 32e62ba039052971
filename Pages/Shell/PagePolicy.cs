using Microsoft.AspNetCore.Builder;

namespace JobTracker.Pages.Shell;

/// <summary>What browsers are told of a page: it may load what this process serves, and nothing from anywhere else (W3C CSP 3).</summary>
internal static class PagePolicy
{
    internal const string OwnContentOnly =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
            + "form-action 'self'; frame-ancestors 'none'";

    public static void Use(IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/ui", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentSecurityPolicy = OwnContentOnly;
            // With "no-referrer" a browser sends a form of ours with the origin "null", as a foreign page's.
            http.Response.Headers["Referrer-Policy"] = "same-origin";
            // What it shows is somebody's, and of this moment. Assets say otherwise.
            http.Response.Headers.CacheControl = "no-cache, no-store, max-age=0";
        }
        return next(http);
    });
}
