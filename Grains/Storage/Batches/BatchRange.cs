using JobTracker.Batches;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The part of the list of batches that a query asks for; the rules are those of the list of jobs.</summary>
internal static class BatchRange
{
    public static IdRange Of(BatchQuery query) =>
        IdRange.Of(query.After?.Value, query.Before?.Value, query.CreatedAfter, query.CreatedBefore, query.Ascending);

    public static BatchPage Page(BatchQuery query, List<BatchSnapshot> read)
    {
        var (page, next, previous) = IdRange.Page(read, query.Limit, query.After is not null, query.Before is not null);
        return new BatchPage([.. page], next, previous);
    }
}
