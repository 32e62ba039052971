namespace JobTracker.Pages.Shell;

/// <summary>Where somebody goes on behind a form: a page of ours, whatever the form says.</summary>
public static class LocalPath
{
    public const string Home = "/ui/";

    private const int MostCharacters = 2_048;

    /// <summary>
    /// The path if it is one below /ui of this very server, as it stands in a header, so of visible ASCII; else the overview.
    /// </summary>
    public static string Of(string? path) =>
        path is { Length: <= MostCharacters } && path.StartsWith(Home, StringComparison.Ordinal)
        && !path.AsSpan().ContainsAnyExceptInRange('!', '~') && !path.Contains('\\', StringComparison.Ordinal)
            ? path
            : Home;
}
