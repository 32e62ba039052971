using System.Text.RegularExpressions;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>The spelling of the words that callers choose. Each answers what is wrong, or null.</summary>
internal static partial class WordRules
{
    public static string? JobTypeProblem(string? word) =>
        word is not null && JobType().IsMatch(word) ? null : "must match [a-z][a-z0-9_.-]{0,63}";

    public static string? StopReasonProblem(string? word) =>
        word is not null && StopReason().IsMatch(word) ? null : "must match [a-z][a-z0-9_]{0,63}";

    /// <summary>
    /// Text that every database and every JSON reader can hold: no NUL
    /// (PostgreSQL refuses it) and no half of a surrogate pair (UTF-8 has none).
    /// </summary>
    public static string? TextProblem(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return "contains a NUL character";
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return "contains half of a surrogate pair";
            i++;
        }

        return null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_.-]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobType();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StopReason();
}
