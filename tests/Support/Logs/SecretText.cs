using System.Text.RegularExpressions;

namespace JobTracker.Tests.Support.Logs;

/// <summary>
/// Finds in what the program emits what it must never emit: API keys, signing secrets, passwords of connection strings, and the keys of
/// providers, of which every test makes <c>sk-secret-of-</c> and the account's name.
/// </summary>
internal static partial class SecretText
{
    /// <summary>The first secret in a text; null: it has none.</summary>
    public static string? In(string text) => Any().Match(text) is { Success: true } found ? found.Value : null;

    /// <summary>A password of asterisks is none.</summary>
    [GeneratedRegex(
        @"jtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}|whsec_[0-9A-Za-z+/]{24,}|sk-secret-of-|(?i:password|pwd)=(?!\*|;|\s|$)[^;\s]+",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Any();
}
