using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace JobTracker.Pages.Shell;

/// <summary>How somebody wants the pages: kept in a cookie of this browser, which the server reads, so that nothing flashes.</summary>
/// <param name="Theme"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="Times"><c>relative</c>, <c>local</c> or <c>utc</c>.</param>
/// <param name="HasKeys">Whether single keys do anything (WCAG 2.2, 2.1.4).</param>
public sealed record PageSettings(string Theme, string Times, bool HasKeys)
{
    private const string Cookie = "jobtracker-pages";
    private static readonly string[] Themes = ["system", "light", "dark"];
    private static readonly string[] AllTimes = ["relative", "local", "utc"];
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Those of this browser; a cookie that nobody here wrote counts as none.</summary>
    public static PageSettings Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (request.Cookies[Cookie] ?? "").Split('.') is [var theme, var times, var keys] ? Of(theme, times, keys) : Of(null, null, null);
    }

    private static PageSettings Of(string? theme, string? times, string? keys) =>
        new(OneOf(Themes, theme), OneOf(AllTimes, times), keys != "off");

    private static string OneOf(string[] words, string? word) => words.Contains(word) ? word! : words[0];

    private string Text => $"{Theme}.{Times}.{(HasKeys ? "on" : "off")}";

    /// <summary>A form changes them, with a script or without.</summary>
    internal static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/ui/settings", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
                return Results.BadRequest();
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var settings = Of(form["theme"], form["times"], form["keys"] == "on" ? "on" : "off");
            http.Response.Cookies.Append(Cookie, settings.Text, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = Kept,
                Path = "/ui",
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
            return Results.LocalRedirect(LocalPath.Of(form["return"]));
        })
        .DisableAntiforgery().AllowAnonymous().ExcludeFromDescription();
}
