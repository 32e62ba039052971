using System.Text;

namespace JobTracker.Grains.Batches.Providers.Errors;

/// <summary>
/// Words of a provider on their way into a row, a job or a log: bounded, with U+FFFD for what a text cannot hold everywhere (NUL, which
/// PostgreSQL refuses, and half of a surrogate pair, which UTF-8 has not). Everything that comes from outside is made fit here.
/// </summary>
internal static class ProviderText
{
    /// <summary>Characters of a code or a type.</summary>
    public const int MaxWord = 128;

    /// <summary>Characters of a message.</summary>
    public const int MaxMessage = 2000;

    /// <summary>A code or a type: 1 to <see cref="MaxWord"/> characters; null where there is none.</summary>
    public static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text.Trim(), MaxWord);

    /// <summary>What a person reads: 1 to <see cref="MaxMessage"/> characters; null where there is nothing to read.</summary>
    public static string? Message(string? text) => string.IsNullOrWhiteSpace(text) ? null : Clean(text.Trim(), MaxMessage);

    /// <summary>At most so many characters of the text.</summary>
    public static string? Clean(string? text, int maxLength)
    {
        if (text is null)
            return null;
        var end = Math.Min(text.Length, maxLength);
        if (end < text.Length && end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        var kept = text.AsSpan(0, end);
        return kept.Contains('\0') || kept.ContainsAnyInRange('\ud800', '\udfff') ? Mended(kept) : text[..end];
    }

    private static string Mended(ReadOnlySpan<char> text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune.Value == 0 ? Rune.ReplacementChar : rune); // half a pair comes as U+FFFD already
        return mended.ToString();
    }
}
