using JobTracker.Gateway.Auth;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>The endpoints of <c>/v1/jobs</c>.</summary>
internal static class JobsApi
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        MapReads(app.MapGroup("/v1/jobs").WithTags("Jobs").RequireAuthorization(Scopes.JobsRead));
        MapCommands(app.MapGroup("/v1/jobs").WithTags("Jobs").RequireAuthorization(Scopes.JobsWrite).WithMetadata(new BodyLimit(limits.BodyBytes)), limits);
    }

    private static void MapReads(RouteGroupBuilder jobs)
    {
        jobs.MapGet("/", ListJobs.List).Describes("list_jobs", "A page of jobs, in creation order").Lists(withCursors: true);
        jobs.MapGet("/active", ListJobs.Active).Describes("list_active_jobs", "Created and running jobs, oldest first; use active=true of the list instead")
            .Lists(withCursors: false).IsDeprecated();
        jobs.MapGet("/stats", ListJobs.Stats).Describes("count_jobs", "Exact counts by status and by job_type")
            .Produces<JobStatsView>().Query("organization_id", "Another organization than one's own needs the scope admin.").Fails(403, 422, 503);
        jobs.MapGet("/{id}", ReadJob.Get).Describes("get_job", "One job, at once or when it changes").AnswersJob()
            .Query("wait", "Seconds to wait at most, 0 to 60.").Query("after_version", "Answer as soon as the version is beyond this one.")
            .Query("until", "terminal: answer when the job has ended.").Produces(304).Fails(404, 422, 503);
        jobs.MapGet("/{id}/events", WatchJob.Events).Describes("watch_job", "Server-sent events: the job at once, then one event per version, until it ends")
            .Produces<string>(200, "text/event-stream").Produces(204).Fails(404, 422, 429, 503);
    }

    private static void MapCommands(RouteGroupBuilder jobs, GatewayLimits limits)
    {
        jobs.MapPost("/", CreateJobs.Create).Describes("create_job", "Make a job").Accepts<CreateJobBody>("application/json")
            .Header("Idempotency-Key", "Makes a repeated request safe: 1 to 255 characters.")
            .AnswersJob(201).AnswersJob().Fails(400, 413, 415, 422, 503);
        jobs.MapPost("/bulk", CreateJobs.CreateMany).Describes("create_jobs", "Make up to 1,000 jobs; each entry stands for itself")
            .Header("Idempotency-Key", "Makes a repeated request safe, entry by entry.")
            .Accepts<BulkCreateBody>("application/json").Produces<BulkResultsView>().WithMetadata(new BodyLimit(limits.BulkBodyBytes)).Fails(400, 413, 415, 422, 503);
        jobs.MapPatch("/{id}", ChangeJob.Update).Describes("update_job", "Change a job: all of it or nothing")
            .Accepts<UpdateJobBody>("application/json", "application/merge-patch+json").GuardsVersion().AnswersJob().Fails(400, 404, 409, 412, 413, 415, 422, 503);
        jobs.MapPatch("/{id}/cancel", ChangeJob.Cancel).Describes("cancel_job", "Cancel a job; one that is cancelled already stays as it is").Cancels();
        jobs.MapPost("/{id}/cancel", ChangeJob.Cancel).Describes("cancel_job_by_post", "Cancel a job; one that is cancelled already stays as it is").Cancels();
        jobs.MapPost("/{id}/heartbeat", ChangeJob.Heartbeat).Describes("heartbeat_job", "A worker is alive; the answer tells it whether its job still runs")
            .Accepts<HeartbeatBody>(isOptional: true, "application/json").AnswersJob().Fails(400, 404, 409, 413, 415, 422, 503);
        jobs.MapDelete("/{id}", ChangeJob.Delete).Describes("delete_job", "Remove a job, whatever its status; the answer is the job as it was")
            .GuardsVersion().AnswersJob().Fails(404, 412, 422, 503);
    }

    private static void Cancels(this RouteHandlerBuilder route) =>
        route.Accepts<CancelJobBody>(isOptional: true, "application/json").GuardsVersion().AnswersJob().Fails(400, 404, 409, 412, 413, 415, 422, 503);

    private static RouteHandlerBuilder AnswersJob(this RouteHandlerBuilder route, int status = 200) => route.Produces<JobView>(status);

    public static RouteHandlerBuilder GuardsVersion(this RouteHandlerBuilder route) =>
        route.Header("If-Match", "Refuses the change unless the job is at this version, such as \"3\".");

    private static RouteHandlerBuilder Lists(this RouteHandlerBuilder route, bool withCursors)
    {
        foreach (var (name, meaning) in ListParameters.Meanings)
        {
            if (withCursors || ListParameters.OfActive.Contains(name))
                route.Query(name, meaning);
        }
        return route.Produces<JobView[]>().Fails(403, 422, 503);
    }
}
