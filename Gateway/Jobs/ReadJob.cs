using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Telemetry;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Reads one job, at once or as soon as it is what the caller waits for.</summary>
internal static class ReadJob
{
    public static Task<IResult> Get(
        JobId id, HttpContext http, GrainCalls calls, JobWatch watch, Shares shares, TimeProvider clock,
        IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            errors => JobWait.Read(new QueryFields(http.Request.Query, errors), limits.Value),
            async wait =>
            {
                var job = await calls.Job(id).ReadAsync(grain => grain.GetAsync(http.Caller()));
                return job is null || wait.Longest <= TimeSpan.Zero
                    ? Answer(http, job)
                    : await WaitAsync(job, wait, http, watch, shares, clock);
            });

    private static async Task<IResult> WaitAsync(
        JobSnapshot job, JobWait wait, HttpContext http, JobWatch watch, Shares shares, TimeProvider clock)
    {
        using var share = shares.TakeWait(http);
        if (share is null)
            return new ProblemResult(ProblemMap.TooManyWaits);
        using var open = http.RequestServices.GetRequiredService<OpenWatches>().Wait();
        using var admission = new Admission(http, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, admission.Ended);
        var last = await watch.UntilAsync(job, wait, http.Caller(), either.Token);
        return admission.Ended.IsCancellationRequested ? new ProblemResult(ProblemMap.CredentialsRefused) : Answer(http, last);
    }

    private static IResult Answer(HttpContext http, JobSnapshot? job)
    {
        if (job is null)
            return new ProblemResult(ProblemMap.JobNotFound);
        return EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, job.Version)
            ? new JobResult(job, StatusCodes.Status304NotModified)
            : new JobResult(job);
    }
}
