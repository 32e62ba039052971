using System.Collections.Immutable;
using JobTracker.Batches;

namespace JobTracker.Pages.Batches;

/// <summary>One page of the list of batches, newest first, and how far it reaches.</summary>
public sealed record BatchList
{
    /// <summary>How many a page shows.</summary>
    public const int PageBatches = 50;

    public ImmutableArray<BatchRow> Rows { get; init; } = [];

    /// <summary>Behind it there is more, in the list's order; null: there is nothing.</summary>
    public BatchId? Older { get; private init; }

    /// <summary>Before it there is more; null: there is nothing.</summary>
    public BatchId? Newer { get; private init; }

    /// <summary>What became of batches that were in it and are no more: how each is now, or null where it was removed.</summary>
    public ImmutableDictionary<BatchId, BatchRow?> Gone { get; init; } = ImmutableDictionary<BatchId, BatchRow?>.Empty;

    /// <summary>The oldest that was looked at; null: all the older ones were.</summary>
    private BatchId? Low { get; init; }

    /// <summary>The newest that was looked at; null: all the newer ones were.</summary>
    private BatchId? High { get; init; }

    public static BatchList Of(BatchPage page, BatchQuery query)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(query);
        var isBackwards = query.Before is not null && query.After is null;
        var newer = page is { HasPrevious: true, Batches: [var first, ..] } ? first.Id : (BatchId?)null;
        var older = page is { HasNext: true, Batches: [.., var last] } ? last.Id : (BatchId?)null;
        return new BatchList
        {
            Rows = [.. page.Batches.Select(BatchRow.Of)],
            Older = older,
            Newer = newer,
            Low = isBackwards ? query.Before : older,
            High = isBackwards ? newer : null,
        };
    }

    /// <summary>The batch would be among the rows if it matched.</summary>
    public bool Covers(BatchId id) => (Low is not { } low || id >= low) && (High is not { } high || id <= high);

    public bool Equals(BatchList? other) =>
        other is not null && Rows.SequenceEqual(other.Rows) && Older == other.Older && Newer == other.Newer && Low == other.Low
        && High == other.High && Gone.Count == other.Gone.Count
        && Gone.All(gone => other.Gone.TryGetValue(gone.Key, out var row) && row == gone.Value);

    public override int GetHashCode() => HashCode.Combine(Rows.Length, Older, Newer, Gone.Count);
}
