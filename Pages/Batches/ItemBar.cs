using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Batches;

/// <summary>One piece of a bar: items of one status, in the bar's own units.</summary>
public readonly record struct BarPiece(string Word, int Left, int Width);

/// <summary>A batch's items as a bar of pieces, and in words.</summary>
public static class ItemBar
{
    /// <summary>The whole bar.</summary>
    public const int Width = 160;

    /// <summary>From the left; together as wide as the bar, each that has any item at least one unit. Empty: there are no items.</summary>
    public static ImmutableArray<BarPiece> PiecesOf(BatchCounts counts)
    {
        var some = StatusesOf(counts).Where(entry => entry.Count > 0).ToList();
        if (some.Count == 0)
            return [];
        var all = some.Sum(entry => entry.Count);
        var pieces = ImmutableArray.CreateBuilder<BarPiece>(some.Count);
        var (left, seen) = (0, 0L);
        foreach (var (word, count) in some)
        {
            seen += count;
            var most = Width - (some.Count - pieces.Count - 1);
            var right = Math.Clamp((int)Math.Round((double)seen / all * Width), left + 1, most);
            pieces.Add(new BarPiece(word, left, right - left));
            left = right;
        }
        return pieces.MoveToImmutable();
    }

    /// <summary>For who does not see it: <c>7 completed, 1 failed, 2 pending of 10 items</c>.</summary>
    public static string TextOf(BatchCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var some = StatusesOf(counts).Where(entry => entry.Count > 0).Select(entry => $"{Words.Of(entry.Count)} {entry.Word}").ToList();
        return some.Count == 0
            ? "no items"
            : $"{string.Join(", ", some)} of {Words.Of(counts.Total)} {(counts.Total == 1 ? "item" : "items")}";
    }

    /// <summary>Every status with its count, in the order in which they stand.</summary>
    public static ImmutableArray<(string Word, long Count)> StatusesOf(BatchCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return
        [
            (ItemStatus.Completed.Word, counts.Completed), (ItemStatus.Failed.Word, counts.Failed),
            (ItemStatus.Expired.Word, counts.Expired), (ItemStatus.Cancelled.Word, counts.Cancelled),
            (ItemStatus.Pending.Word, counts.Pending),
        ];
    }
}
