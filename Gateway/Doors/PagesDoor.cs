using JobTracker.Gateway.Sessions;
using JobTracker.Pages;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Doors;

/// <summary>The pages below /ui, unless they are turned off (<c>Pages:Enabled</c>).</summary>
internal static class PagesDoor
{
    public static bool ServesPages(this WebApplication app) => app.Services.GetRequiredService<IOptions<PagesOptions>>().Value.Enabled;

    /// <summary>Where people begin who know nothing but the address.</summary>
    public static void MapFrontDoor(this WebApplication app)
    {
        var first = app.ServesPages() ? "/ui/" : "/docs";
        app.MapGet("/", () => TypedResults.Redirect(first)).AllowAnonymous().ExcludeFromDescription();
        if (!app.ServesPages())
            return;
        app.MapSessions();
        app.MapJobTrackerPages();
        BatchDownloads.Map(app);
    }
}
