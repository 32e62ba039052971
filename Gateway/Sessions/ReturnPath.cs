using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Pages.Shell;

namespace JobTracker.Gateway.Sessions;

/// <summary>Where somebody goes on once he has signed in: a page of ours, whatever the address that brought him here says.</summary>
internal static class ReturnPath
{
    /// <summary>Not the form itself, nor what is below it.</summary>
    public static string Of(string? path) =>
        path is null || path.StartsWith(PagePaths.Login, StringComparison.OrdinalIgnoreCase) ? LocalPath.Home : LocalPath.Of(path);

    /// <summary>The form, from where he comes back to this path.</summary>
    /// <param name="error">Why he did not get in, in a word that the form knows; null: he did not try.</param>
    public static string ToLogin(string? path, string? error)
    {
        var word = error is null ? "" : $"error={error}&";
        return $"{PagePaths.Login}?{word}return={Uri.EscapeDataString(Of(path))}";
    }
}
