namespace JobTracker.Jobs;

/// <summary>A walk over all jobs of a query, page by page.</summary>
public static class JobWalk
{
    extension(JobQuery query)
    {
        /// <summary>The rest of the walk behind a page of it, in the requested order; null: the page was the last one.</summary>
        public JobQuery? Behind(JobPage page) =>
            page is { HasNext: true, Jobs: [.., var last] } ? query with { After = last.Id } : null;
    }
}
