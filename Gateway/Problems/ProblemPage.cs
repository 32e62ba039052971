using System.Globalization;
using System.Text.Encodings.Web;
using JobTracker.Pages.Shell;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Problems;

/// <summary>A problem for people: what a browser gets that asked for one of the pages.</summary>
internal static class ProblemPage
{
    /// <summary>A page was asked for, by somebody who reads HTML.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Path.StartsWithSegments("/ui", StringComparison.OrdinalIgnoreCase)
        && request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static Task WriteAsync(HttpResponse response, Problem problem)
    {
        response.ContentType = "text/html; charset=utf-8";
        // A fault that was thrown on the way took the headers with it.
        response.Headers.ContentSecurityPolicy = PagePolicy.OwnContentOnly;
        var html = HtmlEncoder.Default;
        return response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{html.Encode(problem.Title)} - JobTracker</title>
            <link rel="stylesheet" href="{PageAssets.PathOf("pages.css")}"></head>
            <body><main id="main"><h1>{html.Encode(problem.Title)}</h1>
            <p>{html.Encode(problem.Detail)}</p>
            <p class="small">status {problem.Status}, request <code>{html.Encode(problem.TraceId ?? "")}</code></p>
            <p><a class="button" href="">Retry</a> <a href="/ui/">To the overview</a></p></main></body></html>
            """), response.HttpContext.RequestAborted);
    }
}
