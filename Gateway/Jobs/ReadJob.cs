using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Reads one job, at once or as soon as it is what the caller waits for.</summary>
internal static class ReadJob
{
    public static async Task<IResult> Get(string id, HttpContext http, IGrainFactory grains, JobWatch watch, IOptions<GatewayLimits> limits)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        var wait = JobWait.None;
        if (http.Request.QueryString.HasValue)
        {
            var errors = new RequestErrors();
            wait = JobWait.Read(new QueryFields(http.Request.Query, errors), limits.Value);
            if (errors.Any)
                return new ProblemResult(errors.ToProblem());
        }
        var caller = http.Caller();
        var job = await grains.GetGrain<IJobGrain>(id).GetAsync(caller);
        if (job is not null && wait.Longest > TimeSpan.Zero)
            job = await watch.UntilAsync(job, wait, caller, http.RequestAborted);
        if (job is null)
            return new ProblemResult(ProblemMap.JobNotFound);
        return EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, job.Version)
            ? new JobResult(job, StatusCodes.Status304NotModified)
            : new JobResult(job);
    }
}
