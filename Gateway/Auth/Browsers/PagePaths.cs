using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth.Browsers;

/// <summary>Where a browser's session counts, and nowhere else: the pages and their sockets.</summary>
internal static class PagePaths
{
    /// <summary>The scheme of authentication by a session's cookie.</summary>
    public const string Session = "session";

    /// <summary>Where one signs in; what is below belongs to it.</summary>
    public const string Login = "/ui/login";

    public static bool IsPage(PathString path) => path.StartsWithSegments("/ui", StringComparison.OrdinalIgnoreCase);

    public static bool IsSocket(PathString path) => path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is loaded beside the pages, and is nobody's.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments("/ui/assets", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Who signs in is nobody yet, whatever cookie he has: his form is good in two tabs, and while an old session cannot be checked.
    /// </summary>
    public static bool HasSession(PathString path) => IsSocket(path)
        || (IsPage(path) && !IsAsset(path) && !path.StartsWithSegments(Login, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whoever asks for this must have a session.</summary>
    public static bool NeedsSession(HttpContext http) => HasSession(http.Request.Path)
        && http.RequestServices.GetRequiredService<IOptions<AuthOptions>>().Value.Mode == AuthOptions.Keys;
}
