using JobTracker.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>The part of a list of batches that a query asks for; the rules are those of the list of jobs.</summary>
internal static class BatchRange
{
    public static JobRange Of(BatchQuery query) => JobRange.Of(new JobQuery
    {
        After = query.After is { } after ? new JobId(after.Value) : null,
        Before = query.Before is { } before ? new JobId(before.Value) : null,
        CreatedAfter = query.CreatedAfter,
        CreatedBefore = query.CreatedBefore,
        Ascending = query.Ascending,
    });

    /// <summary>The page of the rows read: one more than its limit was asked for, to see whether there is more.</summary>
    public static BatchPage Page(BatchQuery query, List<BatchSnapshot> read)
    {
        var more = read.Count > query.Limit;
        if (more)
            read.RemoveAt(query.Limit);
        if (query is not { Before: not null, After: null })
            return new BatchPage([.. read], HasNext: more, HasPrevious: query.After is not null);
        read.Reverse();
        return new BatchPage([.. read], HasNext: true, HasPrevious: more);
    }
}
