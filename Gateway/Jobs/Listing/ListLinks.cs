using JobTracker.Gateway.Lists;
using JobTracker.Jobs;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Gateway.Jobs.Listing;

/// <summary>Where the pages before and after a page of jobs are.</summary>
internal static class ListLinks
{
    /// <summary>Null where the page is the only one, or empty and the walk over.</summary>
    public static string? Of(JobPage page, JobQuery query, string path, IQueryCollection parameters) =>
        new PageLinks(path, parameters).Around(
            page.Jobs, job => job.Id, page.HasNext, page.HasPrevious, query.After, query.Before, page.Reached);

    /// <summary>
    /// What comes behind the deprecated list of active jobs, in the list that took its place; null where there is no more.
    /// </summary>
    public static string? BehindActive(JobPage page, string path, IQueryCollection parameters) =>
        page.RestOf(new JobQuery()) is not { After: { } last }
        ? null
        : new PageLinks(path, new QueryCollection(new Dictionary<string, StringValues>(parameters, StringComparer.Ordinal)
        {
            ["status"] = new StringValues(["created", "running"]),
            ["order"] = "asc",
        })).Next(last.ToString());
}
