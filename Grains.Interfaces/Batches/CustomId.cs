namespace JobTracker.Batches;

/// <summary>
/// The form of a custom_id in a create: <c>[A-Za-z0-9_-]{1,64}</c>. It is Anthropic's rule, kept for every dialect, so that a batch can go
/// to another provider and an item has a plain URL. Results of an adopted batch may carry other ids; they are taken as they are.
/// </summary>
public static class CustomId
{
    public const int MaxLength = 64;

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
                return false;
        }
        return true;
    }
}
