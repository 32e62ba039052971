using JobTracker.Batches;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>Batches for the pages.</summary>
internal sealed class BatchDoor(GrainCalls calls) : IBatchDoor
{
    public Task<BatchSnapshot?> GetAsync(PageCaller who, BatchId id) => DoorCalls.ReadAsync(
        who, Scopes.BatchesRead, () => calls.Batch(id).ReadAsync(batch => batch.GetAsync(who.Caller)));

    public Task<BatchPage> ListAsync(PageCaller who, BatchQuery query) => DoorCalls.ReadAsync(
        who, Scopes.BatchesRead, () => calls.Batches.ReadAsync(batches => batches.ListAsync(who.Caller, query)));

    public Task<ItemPage?> ListItemsAsync(PageCaller who, BatchId id, ItemQuery query) => DoorCalls.ReadAsync(
        who, Scopes.BatchesRead, () => calls.Batch(id).ReadAsync(batch => batch.ListItemsAsync(who.Caller, query)));

    public Task<ItemSnapshot?> GetItemAsync(PageCaller who, BatchId id, string customId) => DoorCalls.ReadAsync(
        who, Scopes.BatchesRead, () => calls.Batch(id).ReadAsync(batch => batch.GetItemAsync(who.Caller, customId)));

    public Task<Done<BatchSnapshot>> CancelAsync(HttpContext http, BatchId id) => SendAsync(
        http, () => calls.Batch(id).SendSafelyAsync(batch => batch.CancelAsync(http.Caller())));

    public Task<Done<BatchSnapshot>> RefreshAsync(HttpContext http, BatchId id) => SendAsync(
        http, () => calls.Batch(id).Patiently.SendSafelyAsync(batch => batch.RefreshAsync(http.Caller())));

    public Task<Done<BatchSnapshot>> ResubmitFailedAsync(HttpContext http, BatchId id) => SendAsync(
        http, () => calls.Batch(id).Patiently.SendAsync(batch => batch.ResubmitFailedAsync(http.Caller())));

    private static async Task<Done<BatchSnapshot>> SendAsync(HttpContext http, Func<Task<BatchOutcome>> command) =>
        await DoorCalls.SendAsync(http, Scopes.BatchesWrite, command) switch
        {
            BatchOutcome.Accepted { Batch: var batch } => new(batch, null),
            BatchOutcome.AlreadyDone { Batch: var batch } => new(batch, null),
            BatchOutcome.Refused { Reason: var reason } => new(null, DoorCalls.FaultOf(ProblemMap.Of(reason))),
            _ => new(null, DoorCalls.FaultOf(ProblemMap.BatchNotFound)),
        };
}
