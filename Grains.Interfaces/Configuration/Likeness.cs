namespace JobTracker.Configuration;

/// <summary>Which of several words somebody may have meant.</summary>
public static class Likeness
{
    /// <summary>
    /// The one that the fewest insertions, deletions and replacements lead to (Levenshtein), case aside; the first of equals.
    /// </summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">At least one.</param>
    public static string Nearest(string word, IEnumerable<string> known) =>
        known.MinBy(candidate => Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    /// <summary>Whether at most so many insertions, deletions and replacements lead from one to the other, case aside.</summary>
    public static bool IsNear(string word, string known, int most) =>
        Math.Abs(word.Length - known.Length) <= most && Distance(word.ToUpperInvariant(), known.ToUpperInvariant()) <= most;

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var (above, character) in from.Index())
        {
            var corner = row[0];
            row[0] = above + 1;
            for (var at = 1; at <= to.Length; at++)
                (corner, row[at]) = (row[at],
                    Math.Min(Math.Min(row[at], row[at - 1]) + 1, corner + (character == to[at - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
