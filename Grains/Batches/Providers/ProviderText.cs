namespace JobTracker.Grains.Batches.Providers;

/// <summary>Words of a provider on their way into a row or a log: bounded, and without the one character PostgreSQL's text cannot hold.</summary>
internal static class ProviderText
{
    public static string? Clean(string? text, int maxLength)
    {
        if (text is null) return null;
        var end = Math.Min(text.Length, maxLength);
        if (end < text.Length && end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].Replace('\0', '\uFFFD');
    }
}
