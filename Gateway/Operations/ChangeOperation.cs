using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;
using JobTracker.Operations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Operations;

/// <summary>Starts an operation, says what one would come to, and stops one.</summary>
internal static class ChangeOperation
{
    public static Task<IResult> Start(
        HttpContext http, GrainCalls calls, AuditTrail audit, IAuthorizationService permissions, TimeProvider clock,
        IOptions<GatewayLimits> limits) => http.AnswerAsync(
        BodyNeed.Required,
        (body, errors) => (Asked: StartOperationBody.Read(body, errors), Key: IdempotencyKey.Read(http.Request, limits.Value, errors)),
        async asked =>
        {
            var command = asked.Asked.Command with { IdempotencyKey = asked.Key };
            // What the single command needs, this needs, too.
            if (command.Action == OperationAction.Redeliver
                && !(await permissions.AuthorizeAsync(http.User, Scopes.CallbacksManage)).Succeeded)
                return new ProblemResult(ProblemMap.ScopeMissing(Scopes.CallbacksManage));
            command = command with { LeavesBatches = !(await permissions.AuthorizeAsync(http.User, Scopes.BatchesWrite)).Succeeded };
            return asked.Asked.IsDry
                ? await PreviewAsync(command, http, calls)
                : await StartAsync(command, OperationId.New(clock), http, calls, audit);
        });

    public static async Task<IResult> Cancel(OperationId id, HttpContext http, GrainCalls calls, AuditTrail audit)
    {
        var (operation, caller) = (calls.Operation(id), http.Caller());
        return await operation.ReadAsync(grain => grain.GetAsync(caller)) is null
            ? new ProblemResult(ProblemMap.OperationNotFound)
            : await audit.DoAsync(http, AuditActions.OperationCancel, id.ToString(), async () =>
                OperationResult.Of(await operation.SendSafelyAsync(grain => grain.CancelAsync(caller))));
    }

    private static async Task<IResult> PreviewAsync(StartOperation command, HttpContext http, GrainCalls calls)
    {
        var caller = http.Caller();
        var preview = await calls.OperationsOf(caller.OrganizationId).Patiently.ReadAsync(
            operations => operations.PreviewAsync(caller, command));
        return preview.Refusal is { } refusal
            ? OperationResult.Of(refusal)
            : new JsonResult<OperationPreviewView>(OperationPreviewView.Of(preview), GatewayJson.Wire.OperationPreviewView);
    }

    /// <summary>The id is made here: sent again where no answer comes, the start finds what it made.</summary>
    private static async Task<IResult> StartAsync(
        StartOperation command, OperationId id, HttpContext http, GrainCalls calls, AuditTrail audit)
    {
        var caller = http.Caller();
        var operations = calls.OperationsOf(caller.OrganizationId).Patiently;
        if (command.IdempotencyKey is not null
            && await operations.ReadAsync(grain => grain.FindAsync(caller, command)) is { } earlier)
            return Answer(earlier);
        return await audit.DoAsync(
            http, AuditActions.OperationStart, id.ToString(),
            async () => Answer(await operations.SendSafelyAsync(grain => grain.StartAsync(caller, id, command))), note: command.Reason);
    }

    private static IResult Answer(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Accepted { Operation: var made } =>
            new MadeResult(new OperationResult(made, StatusCodes.Status202Accepted), PathOf(made)),
        OperationOutcome.AlreadyDone { Operation: var earlier } =>
            new MadeResult(new OperationResult(earlier, StatusCodes.Status202Accepted), PathOf(earlier), isReplayed: true),
        _ => OperationResult.Of(outcome),
    };

    private static string PathOf(OperationSnapshot operation) => $"/v1/operations/{operation.Id}";
}
