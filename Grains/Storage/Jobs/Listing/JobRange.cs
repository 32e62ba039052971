using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs.Listing;

/// <summary>The part of the list of jobs that a query asks for.</summary>
internal static class JobRange
{
    public static IdRange Of(JobQuery query) =>
        IdRange.Of(query.After?.Value, query.Before?.Value, query.CreatedAfter, query.CreatedBefore, query.Ascending);

    /// <summary>The rest of the walk, behind the last row that was read; null: all of it.</summary>
    public static JobQuery Behind(JobQuery query, JobId? last) => last switch
    {
        null => query,
        { } id when IdRange.EndsAtCursor(query.After is not null, query.Before is not null) => query with { Before = id },
        { } id => query with { After = id },
    };

    /// <summary>The page that was filled, of the rows read: one more than it has, where there are more.</summary>
    /// <param name="reached">Where the walk was ended before the page was full; null: it was not.</param>
    public static JobPage Page(JobQuery query, List<JobSnapshot> read, PageBudget filled, JobId? reached = null)
    {
        var end = read.Count > filled.Taken ? null : reached;
        var (hasAfter, hasBefore) = (query.After is not null, query.Before is not null);
        var isBackwards = IdRange.EndsAtCursor(hasAfter, hasBefore);
        var (page, next, previous) = IdRange.Page(read, filled.Taken, hasAfter, hasBefore);
        return new JobPage(
            [.. page], next || (end is not null && !isBackwards), previous || (end is not null && isBackwards), filled.Bytes, end);
    }
}
