using JobTracker.Batches;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The part of the list of batches that a query asks for; the rules are those of the list of jobs.</summary>
internal static class BatchRange
{
    public static IdRange Of(BatchQuery query) =>
        IdRange.Of(query.After?.Value, query.Before?.Value, query.CreatedAfter, query.CreatedBefore, query.Ascending);

    /// <summary>The rest of the walk, behind the last row that was read; null: all of it.</summary>
    public static BatchQuery Behind(BatchQuery query, BatchId? last) => last switch
    {
        null => query,
        { } id when IdRange.EndsAtCursor(query.After is not null, query.Before is not null) => query with { Before = id },
        { } id => query with { After = id },
    };

    /// <summary>The page that was filled, of the rows read: one more than it has, where there are more.</summary>
    public static BatchPage Page(BatchQuery query, List<BatchSnapshot> read, PageBudget filled)
    {
        var (page, next, previous) = IdRange.Page(read, filled.Taken, query.After is not null, query.Before is not null);
        return new BatchPage([.. page], next, previous, filled.Bytes);
    }
}
