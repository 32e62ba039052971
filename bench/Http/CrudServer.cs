using JobTracker.Gateway;
using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Json;
using JobTracker.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JobTracker.Bench.Http;

/// <summary>
/// What one would write without grains: minimal ASP.NET endpoints on the same table, with the same JSON of a job and nothing else.
/// </summary>
internal static class CrudServer
{
    public static async Task RunAsync(string connectionString, string url)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            // As the silo sets them.
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 32,
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        Map(app, new CrudJobs(database));
        await app.RunAsync();
    }

    private static void Map(WebApplication app, CrudJobs jobs)
    {
        app.MapPost("/v1/jobs", async (HttpContext http) =>
        {
            var body = await http.Request.ReadFromJsonAsync(GatewayJson.Wire.CreateJobBody, http.RequestAborted);
            var made = await jobs.CreateAsync(body!);
            http.Response.Headers.Location = $"/v1/jobs/{made.Id}";
            return new JobResult(made, StatusCodes.Status201Created);
        });
        app.MapGet("/v1/jobs/{id}", async (string id) =>
            await jobs.FindAsync(JobId.Parse(id)) is { } job ? (IResult)new JobResult(job) : TypedResults.NotFound());
        app.MapPatch("/v1/jobs/{id}", async (string id, HttpContext http) =>
        {
            var body = await http.Request.ReadFromJsonAsync(GatewayJson.Wire.UpdateJobBody, http.RequestAborted);
            return await jobs.MoveAsync(JobId.Parse(id), body!.Status!.Value) is { } job
                ? (IResult)new JobResult(job)
                : TypedResults.Conflict();
        });
        app.MapGet("/v1/jobs", async (int limit) =>
            new JsonResult<System.Collections.Immutable.ImmutableArray<JobView>>(
                [.. (await jobs.ListAsync(limit)).Select(JobView.Of)], GatewayJson.Wire.ImmutableArrayJobView));
    }
}
