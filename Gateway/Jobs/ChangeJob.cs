using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Changes, keeps alive, cancels and removes one job.</summary>
internal static class ChangeJob
{
    public static async Task<IResult> Update(string id, HttpContext http, IGrainFactory grains, IOptions<GatewayLimits> limits)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = UpdateJobBody.Read(body.Root, limits.Value, errors);
        var expected = EntityTag.ExpectedVersion(http.Request.Headers.IfMatch, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        return JobResult.Of(await Job(http, grains, jobId).UpdateAsync(http.Caller(), command with { ExpectedVersion = expected }));
    }

    public static async Task<IResult> Cancel(string id, HttpContext http, IGrainFactory grains)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted, optional: true);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = CancelJobBody.Read(body.Root, errors);
        var expected = EntityTag.ExpectedVersion(http.Request.Headers.IfMatch, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        return JobResult.Of(await Job(http, grains, jobId).CancelAsync(http.Caller(), command with { ExpectedVersion = expected }));
    }

    public static async Task<IResult> Heartbeat(string id, HttpContext http, IGrainFactory grains)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted, optional: true);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = HeartbeatBody.Read(body.Root, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        return JobResult.Of(await Job(http, grains, jobId).HeartbeatAsync(http.Caller(), command));
    }

    public static async Task<IResult> Delete(string id, HttpContext http, IGrainFactory grains)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        var errors = new RequestErrors();
        var expected = EntityTag.ExpectedVersion(http.Request.Headers.IfMatch, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        return JobResult.Of(await Job(http, grains, jobId).DeleteAsync(http.Caller(), new DeleteJob { ExpectedVersion = expected }));
    }

    private static IJobGrain Job(HttpContext http, IGrainFactory grains, JobId id)
    {
        ProblemExceptionHandler.CommandFor(http, id);
        return grains.GetGrain<IJobGrain>(id.ToString());
    }
}
