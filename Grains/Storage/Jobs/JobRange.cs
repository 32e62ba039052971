using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

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
    public static JobPage Page(JobQuery query, List<JobSnapshot> read, PageBudget filled)
    {
        var (page, next, previous) = IdRange.Page(read, filled.Taken, query.After is not null, query.Before is not null);
        return new JobPage([.. page], next, previous, filled.Bytes);
    }
}
