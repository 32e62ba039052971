using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>The part of the list of jobs that a query asks for.</summary>
internal static class JobRange
{
    public static IdRange Of(JobQuery query) =>
        IdRange.Of(query.After?.Value, query.Before?.Value, query.CreatedAfter, query.CreatedBefore, query.Ascending);

    public static JobPage Page(JobQuery query, List<JobSnapshot> read)
    {
        var (page, next, previous) = IdRange.Page(read, query.Limit, query.After is not null, query.Before is not null);
        return new JobPage([.. page], next, previous);
    }
}
