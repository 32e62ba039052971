namespace JobTracker.Pages.Shell;

/// <summary>Where somebody goes on behind a form: a page of ours, whatever the form says.</summary>
public static class LocalPath
{
    public const string Home = "/ui/";

    /// <summary>The path if it is one below /ui of this very server; else the overview.</summary>
    public static string Of(string? path) =>
        path is not null && path.StartsWith(Home, StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            ? path
            : Home;
}
