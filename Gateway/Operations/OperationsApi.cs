using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Keys;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Operations;

/// <summary>The endpoints of <c>/v1/operations</c>.</summary>
internal static class OperationsApi
{
    private const string Operation = "/{id}";

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayLimits>>().Value;
        var reads = app.MapGroup("/v1/operations").WithTags("Operations").RequireAuthorization(Scopes.JobsRead);
        reads.MapGet("/", ListOperations.List).Describes("list_operations", "A page of operations, in creation order")
            .Query(ListOperations.Parameters).Produces<OperationView[]>()
            .Sends(200, "Link", "The pages around this one (RFC 8288): rel next and prev.", mayMiss: true);
        reads.MapGet(Operation, ReadOperation.Get).Describes("get_operation", "One operation, at once or when it changes")
            .Query(JobWait.Parameters(limits)).AnswersOperation(200).KnowsVersion().Fails(404);
        reads.MapGet(Operation + "/events", ReadOperation.Events)
            .Describes("watch_operation", "Server-sent events: the operation at once, then as it goes on, until it ends")
            .Header(ParameterNote.Whole(
                "Last-Event-ID", "The id of the last event that was seen, a version: only what came after it is sent.", 0))
            .Streams<OperationView, OperationView>("text/event-stream")
            .WithMetadata(new Offers("text/event-stream")).Produces(204).Fails(404, 429).MayBeReadSlowly(limits);
        reads.MapGet(Operation + "/errors", ListOperations.Errors)
            .Describes("get_operation_errors", "The jobs with which the operation failed, and why (JSONL); the first 1,000 are kept")
            .Produces<OperationErrorView>(200, "application/jsonl")
            .WithMetadata(new Offers("application/jsonl")).Fails(404).MayBeReadSlowly(limits);

        var commands = app.MapGroup("/v1/operations").WithTags("Operations").RequireAuthorization(Scopes.JobsWrite);
        commands.MapPost("/", ChangeOperation.Start)
            .Describes("start_operation", "Do one thing with all jobs of a filter, or say what that would come to")
            .WithDescription("One of an organization's operations runs, and ten wait. Jobs that are created afterwards are left alone; "
                + "those that have ended already are skipped. With `dry_run` nothing is changed.")
            .Header(IdempotencyKey.Parameter("Makes a repeated request safe: the same key and body begin one operation.", limits))
            .Accepts<StartOperationBody>("application/json")
            .AnswersOperation(202).SaysWhereItIs(202)
            .Sends(202, "Idempotent-Replayed", "`true`: an earlier request with this Idempotency-Key started it.", mayMiss: true)
            .Produces<OperationPreviewView>(200)
            .Fails(409, 413, 415, 429);
        commands.MapPost(Operation + "/cancel", ChangeOperation.Cancel)
            .Describes("cancel_operation", "Stop an operation; what it did stays done").AnswersOperation(200).Fails(404, 409);
    }

    /// <summary>The answer is an operation with its entity tag.</summary>
    private static RouteHandlerBuilder AnswersOperation(this RouteHandlerBuilder route, int status) =>
        route.Produces<OperationView>(status).SendsVersion(status);
}
