using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>
/// Changes, keeps alive, cancels and removes one job, and tells its end again: what each of them reads, and what it sends.
/// </summary>
internal static class ChangeJob
{
    public static Task<IResult> Update(JobId id, HttpContext http, GrainCalls calls, IOptions<GatewayLimits> limits) => SendAsync(
        id, http, calls, BodyNeed.Required,
        (body, errors) => UpdateJobBody.Read(body, limits.Value, errors),
        (job, caller, command, expected) => job.SendAsync(grain => grain.UpdateAsync(caller, command with { ExpectedVersion = expected })));

    /// <summary>Seals a group; one that is sealed already stays as it is.</summary>
    public static Task<IResult> Seal(JobId id, HttpContext http, GrainCalls calls) => SendAsync(
        id, http, calls, BodyNeed.None,
        (_, _) => new UpdateJob { Seal = true },
        (job, caller, command, expected) => expected is null
            ? job.SendSafelyAsync(grain => grain.UpdateAsync(caller, command))
            : job.SendAsync(grain => grain.UpdateAsync(caller, command with { ExpectedVersion = expected })));

    public static Task<IResult> Cancel(JobId id, HttpContext http, GrainCalls calls) => SendAsync(
        id, http, calls, BodyNeed.Optional,
        CancelJobBody.Read,
        (job, caller, command, expected) => expected is null
            ? job.SendSafelyAsync(grain => grain.CancelAsync(caller, command))
            : job.SendAsync(grain => grain.CancelAsync(caller, command with { ExpectedVersion = expected })));

    /// <summary>Says that the worker is alive, which is true at any version: a condition on it would only keep the news away.</summary>
    public static Task<IResult> Heartbeat(JobId id, HttpContext http, GrainCalls calls) => SendAsync(
        id, http, calls, BodyNeed.Optional,
        (body, errors) =>
        {
            if (http.Request.Headers.IfMatch.Count > 0)
                errors.InHeader("If-Match", "is not for a heartbeat: a worker is alive at any version of its job");
            return HeartbeatBody.Read(body, errors);
        },
        (job, caller, command, _) => job.SendSafelyAsync(grain => grain.HeartbeatAsync(caller, command)));

    public static Task<IResult> Delete(JobId id, HttpContext http, GrainCalls calls) => SendAsync(
        id, http, calls, BodyNeed.None,
        (_, _) => new DeleteJob(),
        (job, caller, command, expected) => job.SendAsync(grain => grain.DeleteAsync(caller, command with { ExpectedVersion = expected })));

    public static Task<IResult> Redeliver(JobId id, HttpContext http, GrainCalls calls) => SendAsync(
        id, http, calls, BodyNeed.None,
        (_, _) => new RedeliverCallback(),
        (job, caller, command, expected) => job.SendAsync(
            grain => grain.RedeliverCallbackAsync(caller, command with { ExpectedVersion = expected })));

    /// <summary>The way of every command about one job: command, condition, answer.</summary>
    private static Task<IResult> SendAsync<TCommand>(
        JobId id,
        HttpContext http,
        GrainCalls calls,
        BodyNeed need,
        Func<JsonElement, RequestErrors, TCommand> read,
        Func<CallsTo<IJobGrain>, Caller, TCommand, long?, Task<JobOutcome>> send) => http.AnswerAsync(
        need,
        (body, errors) => (Command: read(body, errors), Condition: VersionCondition.Read(http.Request.Headers.IfMatch, errors)),
        async asked =>
        {
            ProblemExceptionHandler.CommandFor(http, id);
            var (job, caller) = (calls.Job(id), http.Caller());
            return await asked.Condition.SendAsync(expected => send(job, caller, asked.Command, expected)) is var outcome
                && outcome is JobOutcome.Refused { Reason: Refusal.VersionMismatch mismatch }
                    ? new ProblemResult(asked.Condition.Explained(mismatch))
                    : JobResult.Of(outcome);
        });
}
