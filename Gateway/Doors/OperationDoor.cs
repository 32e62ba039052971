using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Operations;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>Operations for the pages: each start and each stop is an audit event, as the API's are.</summary>
internal sealed class OperationDoor(GrainCalls calls, OperationWatch watch, AuditTrail audit, TimeProvider clock) : IOperationDoor
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    public Task<OperationSnapshot?> GetAsync(PageCaller who, OperationId id) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Operation(id).ReadAsync(operation => operation.GetAsync(who.Caller)));

    public Task<OperationPage> ListAsync(PageCaller who, OperationQuery query) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.OperationsOf(who.Organization).ReadAsync(operations => operations.ListAsync(who.Caller, query)));

    public Task<ImmutableArray<OperationError>?> ReadErrorsAsync(PageCaller who, OperationId id, long after) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Operation(id).ReadAsync(operation => operation.ReadErrorsAsync(who.Caller, after)));

    public Task<OperationSnapshot?> LookAsync(PageCaller who, OperationSnapshot seen, CancellationToken cancellation) =>
        DoorCalls.ReadAsync(who, Scopes.JobsRead, () => watch.LookAsync(seen, who.Caller, LongestLook, cancellation));

    public Task<OperationPreview> PreviewAsync(PageCaller who, StartOperation command) => DoorCalls.ReadAsync(
        who,
        Scopes.JobsRead,
        async () =>
        {
            var preview = await calls.OperationsOf(who.Organization).Patiently.ReadAsync(
                operations => operations.PreviewAsync(who.Caller, command));
            return preview.Refusal is { } refusal ? throw new PageFaultException(FaultOf(refusal)) : preview;
        });

    public async Task<Done<OperationSnapshot>> StartAsync(HttpContext http, StartOperation command)
    {
        var (caller, id) = (http.Caller(), OperationId.New(clock));
        command = command with { LeavesBatches = !Scopes.Allow(http.SignedIn().Scopes, Scopes.BatchesWrite) };
        var operations = calls.OperationsOf(caller.OrganizationId).Patiently;
        if (command.Action == OperationAction.Redeliver && !Scopes.Allow(http.SignedIn().Scopes, Scopes.CallbacksManage))
            return new(null, DoorCalls.FaultOf(ProblemMap.ScopeMissing(Scopes.CallbacksManage)));
        // A form that was sent twice finds what it began, and is no second event.
        if (command.IdempotencyKey is not null && await DoorCalls.SendAsync(
            http, Scopes.JobsWrite, () => operations.ReadAsync(grain => grain.FindAsync(caller, command))) is { } earlier)
            return DoneWith(earlier);
        return await SendAsync(
            http, AuditActions.OperationStart, id, command.Reason,
            () => operations.SendSafelyAsync(grain => grain.StartAsync(caller, id, command)));
    }

    public Task<Done<OperationSnapshot>> AbortAsync(HttpContext http, OperationId id) => SendAsync(
        http, AuditActions.OperationCancel, id, note: null,
        () => calls.Operation(id).SendSafelyAsync(grain => grain.CancelAsync(http.Caller())));

    private async Task<Done<OperationSnapshot>> SendAsync(
        HttpContext http, string action, OperationId id, string? note, Func<Task<OperationOutcome>> command) => DoneWith(
        await DoorCalls.SendAsync(http, Scopes.JobsWrite, async () =>
        {
            OperationOutcome? outcome = null;
            await audit.DoAsync(
                http, action, id.ToString(), async () => OperationResult.Of(outcome = await command()), note: note);
            return outcome!;
        }));

    private static Done<OperationSnapshot> DoneWith(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Accepted { Operation: var operation } => new(operation, null),
        OperationOutcome.AlreadyDone { Operation: var operation } => new(operation, null),
        _ => new(null, FaultOf(outcome)),
    };

    private static PageFault FaultOf(OperationOutcome refused) => DoorCalls.FaultOf(OperationResult.RefusalOf(refused));
}
