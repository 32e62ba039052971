using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>Where the pages before and after a page of jobs are.</summary>
internal static class ListLinks
{
    /// <summary>Null where the page is the only one.</summary>
    public static string? Of(JobPage page, JobQuery query, string path, IQueryCollection parameters) => page.Jobs.IsEmpty
        ? null
        : new PageLinks(path, parameters).Around(
            page.Jobs[0].Id.ToString(), page.Jobs[^1].Id.ToString(), page.HasNext, page.HasPrevious, query.After?.ToString(), query.Before?.ToString());
}
