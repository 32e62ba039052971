using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Batches;

/// <summary>Cancels a batch, removes it, asks for it now, sends what failed again.</summary>
internal static class ChangeBatch
{
    /// <summary>202: what completed before the provider stops is still to be read; 200 once it is cancelled.</summary>
    public static Task<IResult> Cancel(BatchId id, HttpContext http, GrainCalls calls) =>
        SendAsync(id, http, calls, StatusCodes.Status202Accepted,
            (batch, caller) => batch.SendSafelyAsync(grain => grain.CancelAsync(caller)));

    /// <summary>200 with the batch as it was.</summary>
    public static Task<IResult> Delete(BatchId id, HttpContext http, GrainCalls calls) =>
        SendAsync(id, http, calls, StatusCodes.Status200OK,
            (batch, caller) => batch.SendAsync(grain => grain.DeleteAsync(caller)));

    public static Task<IResult> Refresh(BatchId id, HttpContext http, GrainCalls calls) =>
        SendAsync(id, http, calls, StatusCodes.Status200OK,
            (batch, caller) => batch.Patiently.SendSafelyAsync(grain => grain.RefreshAsync(caller)));

    public static Task<IResult> ResubmitFailed(BatchId id, HttpContext http, GrainCalls calls) =>
        SendAsync(id, http, calls, StatusCodes.Status202Accepted,
            (batch, caller) => batch.Patiently.SendAsync(grain => grain.ResubmitFailedAsync(caller)));

    private static async Task<IResult> SendAsync(
        BatchId id, HttpContext http, GrainCalls calls, int status, Func<CallsTo<IBatchGrain>, Caller, Task<BatchOutcome>> command)
    {
        ProblemExceptionHandler.CommandFor(http, id);
        var outcome = await command(calls.Batch(id), http.Caller());
        // Nothing is on its way any more where the batch has ended as it was asked to.
        var isOver = outcome is BatchOutcome.AlreadyDone { Batch.Status.IsTerminal: true };
        return BatchResult.Of(outcome, isOver ? StatusCodes.Status200OK : status);
    }
}
