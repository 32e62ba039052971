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
    public static Task<IResult> Get(JobId id, HttpContext http, IGrainFactory grains, JobWatch watch, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            errors => JobWait.Read(new QueryFields(http.Request.Query, errors), limits.Value),
            async wait =>
            {
                var caller = http.Caller();
                var job = await grains.GetGrain<IJobGrain>(id.ToString()).GetAsync(caller);
                if (job is not null && wait.Longest > TimeSpan.Zero)
                    job = await watch.UntilAsync(job, wait, caller, http.RequestAborted);
                if (job is null)
                    return new ProblemResult(ProblemMap.JobNotFound);
                return EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, job.Version)
                    ? new JobResult(job, StatusCodes.Status304NotModified)
                    : new JobResult(job);
            });
}
