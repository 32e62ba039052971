using System.Text;
using JobTracker.Audit;

namespace JobTracker.Grains.Audit;

/// <summary>
/// What is kept of the texts of an event. Some come from who could not even sign in: none of them may be too long for a row, or be refused
/// by a database, and so keep the event, or those beside it, from being written.
/// </summary>
internal static class AuditText
{
    /// <summary>Characters (UTF-16).</summary>
    public const int Longest = 255;

    public static AuditEntry Of(AuditEntry entry) => entry with
    {
        OrganizationId = Of(entry.OrganizationId),
        Actor = Of(entry.Actor),
        KeyId = Of(entry.KeyId),
        Address = Of(entry.Address),
        Action = Of(entry.Action)!,
        Subject = Of(entry.Subject),
        Note = Of(entry.Note),
    };

    /// <summary>The first <see cref="Longest"/> characters, never half a one; what no database takes becomes U+FFFD.</summary>
    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        var kept = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest)
                break;
            kept.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return kept.ToString();
    }
}
