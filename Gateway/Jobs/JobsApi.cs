using JobTracker.Gateway.Jobs.Exporting;
using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Methods;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>The endpoints of <c>/v1/jobs</c>.</summary>
internal static class JobsApi
{
    /// <summary>One job; the words are lists and the like.</summary>
    private const string Job = $"/{{id:{OtherThan.Name}(bulk,active,stats,export)}}";

    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        MapReads(app.MapGroup("/v1/jobs").WithTags("Jobs").RequireAuthorization(Scopes.JobsRead), limits);
        var commands = app.MapGroup("/v1/jobs").WithTags("Jobs").RequireAuthorization(Scopes.JobsWrite);
        MapCreates(commands, limits);
        MapChanges(commands);
    }

    private static void MapReads(RouteGroupBuilder jobs, GatewayLimits limits)
    {
        jobs.MapGet("/", ListJobs.List).Describes("list_jobs", "A page of jobs, in creation order").Lists(ListParameters.All)
            .Sends(200, "Link", "The pages after and before this one (RFC 8288): rel next and prev.", mayMiss: true).Fails(429);
        jobs.MapGet("/active", ListJobs.Active)
            .Describes("list_active_jobs", "Created and running jobs, oldest first; use active=true of the list instead")
            .Lists(ListParameters.OfActive).IsDeprecated().Sends(200, "Deprecation", "Since when this path is deprecated (RFC 9745).")
            .Sends(200, "Link", "What to use instead: rel successor-version; and where there are more jobs, rel next.").Fails(429);
        jobs.MapGet("/stats", ListJobs.Stats).Describes("count_jobs", "Exact counts by status and by job_type").Produces<JobStatsView>()
            .Query(ParameterNote.Text("organization_id", "Another organization than one's own needs the scope admin."));
        jobs.MapGet("/export", ExportJobs.Export)
            .Describes("export_jobs", "Every job that the filters name, streamed as lines of JSON or as CSV")
            .WithDescription("Takes the filters of the list. JSONL ends with a line `{\"end\":true,\"count\":n}`; an answer that breaks "
                + "off, of either form, is not whole, and goes on with `after` and the id of its last whole job.")
            .Query(ExportParameters.All)
            .Streams<JobView, ExportEndView>("application/jsonl", "text/csv")
            .WithMetadata(new Offers("application/jsonl", "text/csv")).Fails(429).MayBeReadSlowly(limits);
        jobs.MapGet(Job, ReadJob.Get).Describes("get_job", "One job, at once or when it changes").Query(JobWait.Parameters(limits))
            .AnswersJob().KnowsVersion().Fails(404);
        jobs.MapGet(Job + "/events", WatchJob.Events)
            .Describes("watch_job", "Server-sent events: the job at once, then one event per version, until it ends")
            .Header(ParameterNote.Whole(
                "Last-Event-ID", "The id of the last event that was seen, a version: only what came after it is sent.", 0))
            .Streams<JobView, DeletedView>("text/event-stream")
            .WithMetadata(new Offers("text/event-stream")).Produces(204).Fails(404, 429).MayBeReadSlowly(limits);
    }

    private static void MapCreates(RouteGroupBuilder jobs, GatewayLimits limits)
    {
        const string Replayed = "Makes a repeated request safe: the same key and body answer with the job that the first one made.";
        jobs.MapPost("/", CreateJobs.Create).Describes("create_job", "Make a job").Accepts<CreateJobBody>("application/json")
            .Header(IdempotencyKey.Parameter(Replayed, limits))
            .AnswersJob(201).AnswersJob().SaysWhereItIs(201).SaysWhereItIs(200).SaysItIsReplayed().Fails(409, 413, 415);
        jobs.MapPost(Job + "/retry", CreateJobs.Retry)
            .Describes("retry_job", "Make a job that does the work of one again that failed, expired or was cancelled")
            .WithDescription("The new job has the same description and names the old one in `retry_of`; a repetition answers with the same "
                + "new job.")
            .AnswersJob(201).AnswersJob().SaysWhereItIs(201).SaysWhereItIs(200)
            .Sends(200, "Idempotent-Replayed", "`true`: an earlier request made it.").Fails(404, 409);
        jobs.MapPost("/bulk", BulkCreate.CreateMany).Describes("create_jobs", "Make many jobs; each entry stands for itself")
            .Header(IdempotencyKey.Parameter("Makes a repeated request safe, entry by entry.", limits))
            .Accepts<BulkCreateBody>("application/json")
            .Produces<BulkResultsView>().WithMetadata(new BodyLimit(limits.BulkBodyBytes)).Fails(413, 415);
    }

    private static void MapChanges(RouteGroupBuilder jobs)
    {
        jobs.MapPatch(Job, ChangeJob.Update).Describes("update_job", "Change a job: all of it or nothing")
            .Accepts<UpdateJobBody>("application/json", "application/merge-patch+json")
            .GuardsVersion().AnswersJob().Fails(404, 409, 412, 413, 415);
        jobs.MapPatch(Job + "/cancel", ChangeJob.Cancel)
            .Describes("cancel_job", "Cancel a job; one that is cancelled already stays as it is").Cancels();
        jobs.MapPost(Job + "/cancel", ChangeJob.Cancel)
            .Describes("cancel_job_by_post", "Cancel a job; one that is cancelled already stays as it is").Cancels();
        jobs.MapPost(Job + "/heartbeat", ChangeJob.Heartbeat)
            .Describes("heartbeat_job", "A worker is alive; the answer tells it whether its job still runs")
            .Accepts<HeartbeatBody>(isOptional: true, "application/json").AnswersJob().Fails(404, 409, 413, 415);
        jobs.MapPost(Job + "/seal", ChangeJob.Seal)
            .Describes("seal_job", "Seal a group: it takes no more children, and ends when none of them is open")
            .GuardsVersion().AnswersJob().Fails(404, 409, 412);
        jobs.MapDelete(Job, ChangeJob.Delete).Describes("delete_job", "Remove a job, whatever its status; the answer is the job as it was")
            .GuardsVersion().AnswersJob().Fails(404, 409, 412);
    }

    private static void Cancels(this RouteHandlerBuilder route) =>
        route.Accepts<CancelJobBody>(isOptional: true, "application/json").GuardsVersion().AnswersJob().Fails(404, 409, 412, 413, 415);

    private static RouteHandlerBuilder Lists(this RouteHandlerBuilder route, IEnumerable<ParameterNote> parameters) =>
        route.Query(parameters).Produces<JobView[]>();

    /// <summary>The answer is a job with its entity tag.</summary>
    public static RouteHandlerBuilder AnswersJob(this RouteHandlerBuilder route, int status = 200) =>
        route.Produces<JobView>(status).SendsVersion(status);
}
