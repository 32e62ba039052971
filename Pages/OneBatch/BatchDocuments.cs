using System.Text;
using JobTracker.Batches;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace JobTracker.Pages.OneBatch;

/// <summary>A batch's documents, exactly as they are, for a download by whoever is signed in at the pages.</summary>
internal static class BatchDocuments
{
    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app, "metadata.json", async (batches, who, id, _) =>
            await batches.GetAsync(who, id) is { } batch ? Encoding.UTF8.GetBytes(batch.Metadata) : null);
        // By the query: a custom_id of an adopted batch may hold a slash.
        Map(app, "item.json", async (batches, who, id, http) =>
            http.Request.Query["item"] is [{ Length: > 0 } item] ? (await batches.GetItemAsync(who, id, item))?.Result : null);
    }

    public static string MetadataOf(BatchId id) => $"/ui/batches/{id}/metadata.json";

    public static string ResultOf(BatchId id, string customId) => $"/ui/batches/{id}/item.json?item={Uri.EscapeDataString(customId)}";

    private static void Map(
        IEndpointRouteBuilder app, string name, Func<IBatchDoor, PageCaller, BatchId, HttpContext, Task<byte[]?>> document) => app
        .MapGet($"/ui/batches/{{id}}/{name}", async (string id, HttpContext http, IBatchDoor batches, IPageCallers callers) =>
        {
            if (!BatchId.TryParse(id, out var batch) || callers.CallerOf(http.User) is not { } who)
                return Results.NotFound();
            try
            {
                return await document(batches, who, batch, http) is { } bytes
                    ? Results.File(bytes, "application/json", $"{id}.{name}")
                    : Results.NotFound();
            }
            catch (PageFaultException problem)
            {
                return Results.Problem(problem.Fault.Detail, statusCode: problem.Fault.Status, title: problem.Fault.Title);
            }
        })
        .RequireAuthorization(Scopes.BatchesRead).ExcludeFromDescription();
}
