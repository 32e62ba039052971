using System.Text;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace JobTracker.Pages.OneJob;

/// <summary>A job's documents, exactly as they are, for a download by whoever is signed in at the pages.</summary>
internal static class JobDocuments
{
    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app, "metadata", job => job.Metadata);
        Map(app, "request_config", job => job.RequestConfig);
    }

    private static void Map(IEndpointRouteBuilder app, string name, Func<JobSnapshot, string?> document) => app
        .MapGet($"/ui/jobs/{{id}}/{name}.json", async (string id, HttpContext http, IJobDoor jobs, IPageCallers callers) =>
            JobId.TryParse(id, out var job) && callers.Of(http.User) is { } who && await jobs.GetAsync(who, job) is { } found
            && document(found) is { } text
                ? Results.File(Encoding.UTF8.GetBytes(text), "application/json", $"{id}.{name}.json")
                : Results.NotFound())
        .RequireAuthorization(Scopes.JobsRead).ExcludeFromDescription();
}
