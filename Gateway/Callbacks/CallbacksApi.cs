using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.OpenApi;
using JobTracker.Keys;

namespace JobTracker.Gateway.Callbacks;

/// <summary>The endpoints about callbacks: an organization's secret, and how the telling of a job's end stands.</summary>
internal static class CallbacksApi
{
    public static void MapCallbacks(this IEndpointRouteBuilder app)
    {
        // Whoever knows the secret can sign: it is not for those who may only read.
        var secret = app.MapGroup("/v1/callback-secret").WithTags("Callbacks").RequireAuthorization(Scopes.CallbacksManage);
        secret.MapGet("/", CallbackSecret.Get)
            .Describes("get_callback_secret", "The secret that your organization's callbacks are signed with")
            .Produces<CallbackSecretView>();
        secret.MapPost("/rotate", CallbackSecret.Rotate)
            .Describes("rotate_callback_secret", "Replace the secret; the one before signs too for 24 hours")
            .Produces<CallbackSecretView>().Fails(409);

        var jobs = app.MapGroup("/v1/jobs/{id}/callback").WithTags("Callbacks");
        jobs.MapGet("/attempts", Deliveries.Attempts).RequireAuthorization(Scopes.JobsRead)
            .Describes("list_callback_attempts", "The last ten attempts of a job's callback, oldest first")
            .Produces<CallbackAttemptsView>().Fails(404);
        jobs.MapPost("/redeliver", ChangeJob.Redeliver).RequireAuthorization(Scopes.CallbacksManage)
            .Describes("redeliver_callback", "Send an ended job's callback again: the same webhook-id, a new round of attempts")
            .GuardsVersion().AnswersJob().Fails(404, 409, 412);
    }
}
