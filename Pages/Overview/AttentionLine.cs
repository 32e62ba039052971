using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Overview;

/// <summary>One thing that needs attention.</summary>
/// <param name="Key">Tells the lines of one moment apart, and is the same from one moment to the next.</param>
/// <param name="Number">How many: 3, or 50 or more.</param>
/// <param name="Text">Of what, and since when.</param>
/// <param name="Address">Where they are shown.</param>
/// <param name="Detail">What is wrong, in the words of whoever said it; null: nobody said.</param>
public sealed record AttentionLine(string Key, string Number, string Text, string Address, string? Detail = null)
{
    /// <summary>3; 50 or more.</summary>
    public static string NumberOf(long count, bool isLowerBound) => isLowerBound ? $"{Words.Of(count)} or more" : Words.Of(count);
}
