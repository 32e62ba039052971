using System.Text;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The order of the databases: by the bytes of UTF-8. It differs from ordinal order beyond the basic plane alone.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    public int Compare(string? x, string? y)
    {
        if (Ascii.IsValid(x) && Ascii.IsValid(y))
            return string.CompareOrdinal(x, y);
        return Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
