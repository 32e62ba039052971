using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.DataProtection;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Problems;
using JobTracker.Pages.Shell;

namespace JobTracker.Gateway.Sessions;

/// <summary>
/// Until the process has started and knows the keys of its cookies no page can be written and no cookie read: whoever comes meanwhile is
/// told so by a page that looks again by itself.
/// </summary>
internal static class PageGate
{
    private static readonly Problem Starting = new(ProblemKind.ClusterUnavailable, "The pages are starting; nothing was changed.");

    private static readonly string Page = $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="2"><title>Starting - JobTracker</title>
        <link rel="stylesheet" href="{PageAssets.PathOf("pages.css")}"></head>
        <body><main id="main"><h1>JobTracker is starting</h1>
        <p role="status">It waits for its cluster. This page looks again every 2 seconds.</p></main></body></html>
        """;

    /// <summary>Before authentication, which reads cookies.</summary>
    public static void UsePageGate(this WebApplication app)
    {
        var start = app.Services.GetRequiredService<StartProgress>();
        var ring = app.Services.GetRequiredService<KeyRing>();
        app.Use((http, next) => (start.HasStarted && ring.IsLoaded) || !NeedsKeys(http.Request.Path)
            ? next(http)
            : AnswerAsync(http));
    }

    private static bool NeedsKeys(PathString path) => PagePaths.IsSocket(path) || (PagePaths.IsPage(path) && !PagePaths.IsAsset(path));

    private static Task AnswerAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        response.Headers.RetryAfter = "1";
        if (!HttpMethods.IsGet(request.Method) || !ProblemPage.IsFor(request))
            return new ProblemResult(Starting).ExecuteAsync(http);
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = PagePolicy.OwnContentOnly;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(Page, http.RequestAborted);
    }
}
