using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Pages.Shell;

namespace JobTracker.Gateway.Sessions;

/// <summary>Where somebody goes on once he has signed in: a page of ours, whatever the address that brought him here says.</summary>
internal static class ReturnPath
{
    private const int MostCharacters = 2_048;

    /// <summary>
    /// A path below /ui as it stands in a header, so of visible ASCII; else the overview. Not the form itself, nor what is below it.
    /// </summary>
    public static string Of(string? path) =>
        path is { Length: <= MostCharacters } && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
            && !path.StartsWith(PagePaths.Login, StringComparison.OrdinalIgnoreCase)
            ? LocalPath.Of(path)
            : LocalPath.Home;

    /// <summary>The form, from where he comes back to this path.</summary>
    /// <param name="error">Why he did not get in, in a word that the form knows; null: he did not try.</param>
    public static string ToLogin(string? path, string? error)
    {
        var word = error is null ? "" : $"error={error}&";
        return $"{PagePaths.Login}?{word}return={Uri.EscapeDataString(Of(path))}";
    }
}
