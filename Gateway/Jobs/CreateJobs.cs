using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Makes a job: a new one, or one that does another's work again.</summary>
internal static class CreateJobs
{
    public static Task<IResult> Create(
        HttpContext http, GrainCalls calls, Shares shares, OpenJobs open, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => Keyed(
                CreateJobBody.Read(body, "$", limits.Value, errors), IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async command =>
            {
                using var share = shares.TakeCreates(http, 1);
                if (share is null)
                    return new ProblemResult(ProblemMap.TooManyCreates);
                var id = JobId.New(clock);
                ProblemExceptionHandler.CommandFor(http, id);
                return await open.WithinAsync(http, 1, async room =>
                {
                    var outcome = await calls.CreateJobAsync(id, http.Caller(), command with { IsBeyondQuota = room == 0 });
                    return (Answer(outcome), Made: outcome is JobOutcome.Accepted ? 1 : 0);
                });
            });

    /// <summary>
    /// A new job that does an ended one's work again. Harmless twice: a repetition answers with the job that the first one made.
    /// </summary>
    public static async Task<IResult> Retry(JobId id, HttpContext http, GrainCalls calls, Shares shares, OpenJobs open)
    {
        using var share = shares.TakeCreates(http, 1);
        if (share is null)
            return new ProblemResult(ProblemMap.TooManyCreates);
        ProblemExceptionHandler.CommandFor(http, id);
        return await open.WithinAsync(http, 1, async room =>
        {
            var outcome = await calls.Job(id).SendSafelyAsync(
                job => job.RetryAsync(http.Caller(), new RetryJob { IsBeyondQuota = room == 0 }));
            return (Answer(outcome), Made: outcome is JobOutcome.Accepted ? 1 : 0);
        });
    }

    internal static CreateJob Keyed(CreateJob command, string? key) =>
        key is null ? command : command with { IdempotencyKey = key, Fingerprint = CreateFingerprint.Of(command) };

    private static IResult Answer(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Accepted { Job: var made } => new MadeResult(new JobResult(made, StatusCodes.Status201Created), PathOf(made)),
        JobOutcome.AlreadyDone { Job: var earlier } => new MadeResult(new JobResult(earlier), PathOf(earlier), isReplayed: true),
        _ => JobResult.Of(outcome),
    };

    private static string PathOf(JobSnapshot job) => $"/v1/jobs/{job.Id}";
}
