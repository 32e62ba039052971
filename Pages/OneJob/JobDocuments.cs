using System.Text;
using System.Text.Json;
using JobTracker.Batches;
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
    private const string BatchType = "batch";

    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app, "metadata", job => job.Metadata);
        Map(app, "request_config", job => job.RequestConfig);
    }

    /// <summary>The batch that the job says it follows; anybody may write that, so it need not be there.</summary>
    public static BatchId? BatchOf(JobSnapshot job)
    {
        if (job.JobType != BatchType)
            return null;
        using var metadata = JsonDocument.Parse(job.Metadata);
        return metadata.RootElement.TryGetProperty("batch_id", out var id) && id.ValueKind == JsonValueKind.String
            && BatchId.TryParse(id.GetString(), out var batch)
                ? batch
                : null;
    }

    private static void Map(IEndpointRouteBuilder app, string name, Func<JobSnapshot, string?> document) => app
        .MapGet($"/ui/jobs/{{id}}/{name}.json", async (string id, HttpContext http, IJobDoor jobs, IPageCallers callers) =>
        {
            if (!JobId.TryParse(id, out var job) || callers.CallerOf(http.User) is not { } who)
                return Results.NotFound();
            try
            {
                return await jobs.GetAsync(who, job) is { } found && document(found) is { } text
                    ? Results.File(Encoding.UTF8.GetBytes(text), "application/json", $"{id}.{name}.json")
                    : Results.NotFound();
            }
            catch (PageFaultException problem)
            {
                return Results.Problem(problem.Fault.Detail, statusCode: problem.Fault.Status, title: problem.Fault.Title);
            }
        })
        .RequireAuthorization(Scopes.JobsRead).ExcludeFromDescription();
}
