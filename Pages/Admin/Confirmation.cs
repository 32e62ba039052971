namespace JobTracker.Pages.Admin;

/// <summary>What somebody types before he ends something for good: checked here, whatever the browser did.</summary>
internal static class Confirmation
{
    /// <summary>Letter by letter; spaces around it, which nobody sees, do not count.</summary>
    public static bool Is(string? typed, string expected) => string.Equals(typed?.Trim(), expected.Trim(), StringComparison.Ordinal);
}
