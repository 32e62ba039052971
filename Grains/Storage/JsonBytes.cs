using System.Text;

namespace JobTracker.Grains.Storage;

/// <summary>How many bytes text has as JSON in UTF-8.</summary>
internal static class JsonBytes
{
    /// <summary>Of a character that is written as <c>\uXXXX</c>.</summary>
    private const int Escaped = 6;

    /// <summary>JSON that is passed on as it is.</summary>
    public static long OfJson(string? json) => json is null ? 0 : Encoding.UTF8.GetByteCount(json);

    /// <summary>A string, its quotes included: at most so many, for writers differ in what they escape.</summary>
    public static long OfText(string? text)
    {
        if (text is null)
            return 0;
        var bytes = text.Length + 2L;
        foreach (var character in text)
        {
            if (character is < ' ' or '"' or '\\' or >= '\x7f')
                bytes += Escaped - 1;
        }

        return bytes;
    }
}
