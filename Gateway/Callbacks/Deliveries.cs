using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Callbacks;

/// <summary>Shows the attempts of one job's callback.</summary>
internal static class Deliveries
{
    public static async Task<IResult> Attempts(JobId id, HttpContext http, GrainCalls calls) =>
        await calls.Job(id).ReadAsync(job => job.GetCallbackAttemptsAsync(http.Caller())) is { } attempts
            ? new JsonResult<CallbackAttemptsView>(CallbackAttemptsView.Of(attempts), GatewayJson.Wire.CallbackAttemptsView)
            : new ProblemResult(ProblemMap.JobNotFound);
}
