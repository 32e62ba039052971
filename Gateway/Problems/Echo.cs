namespace JobTracker.Gateway.Problems;

/// <summary>How much an answer says again of what its caller said: an answer must not grow with a request that was wrong.</summary>
internal static class Echo
{
    /// <summary>Characters (UTF-16) of a name, a value or a path.</summary>
    public const int MostCharacters = 200;

    /// <summary>Errors in one list; the rest are counted.</summary>
    public const int MostErrors = 50;

    private const char CutHere = '…';

    /// <summary>The text, or its start with an ellipsis; never half a character.</summary>
    public static string Cut(string text, int most = MostCharacters)
    {
        if (text.Length <= most)
            return text;
        var kept = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, kept), [CutHere]);
    }
}
