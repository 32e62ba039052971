using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Callbacks;

/// <summary>Shows the attempts of one job's callback, and sends it again.</summary>
internal static class Deliveries
{
    public static async Task<IResult> Attempts(string id, HttpContext http, IGrainFactory grains)
    {
        if (!JobId.TryParse(id, out _))
            return new ProblemResult(ProblemMap.InvalidJobId);
        return await grains.GetGrain<IJobGrain>(id).GetCallbackAttemptsAsync(http.Caller()) is { } attempts
            ? new JsonResult<CallbackAttemptsView>(CallbackAttemptsView.Of(attempts), GatewayJson.Wire.CallbackAttemptsView)
            : new ProblemResult(ProblemMap.JobNotFound);
    }

    public static async Task<IResult> Redeliver(string id, HttpContext http, IGrainFactory grains)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        var errors = new RequestErrors();
        var expected = EntityTag.ExpectedVersion(http.Request.Headers.IfMatch, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        ProblemExceptionHandler.CommandFor(http, jobId);
        return JobResult.Of(await grains.GetGrain<IJobGrain>(id).RedeliverCallbackAsync(http.Caller(), new RedeliverCallback { ExpectedVersion = expected }));
    }
}
