using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
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
    public static Task<IResult> Update(string id, HttpContext http, IGrainFactory grains, IOptions<GatewayLimits> limits) => SendAsync(
        id, http, grains, BodyNeed.Required,
        (body, errors) => UpdateJobBody.Read(body, limits.Value, errors),
        (job, caller, command, expected) => job.UpdateAsync(caller, command with { ExpectedVersion = expected }));

    public static Task<IResult> Cancel(string id, HttpContext http, IGrainFactory grains) => SendAsync(
        id, http, grains, BodyNeed.Optional,
        CancelJobBody.Read,
        (job, caller, command, expected) => job.CancelAsync(caller, command with { ExpectedVersion = expected }));

    /// <summary>Says that the worker is alive, which is true at any version: a condition on it would only keep the news away.</summary>
    public static Task<IResult> Heartbeat(string id, HttpContext http, IGrainFactory grains) => SendAsync(
        id, http, grains, BodyNeed.Optional,
        (body, errors) =>
        {
            if (http.Request.Headers.IfMatch.Count > 0)
                errors.InHeader("If-Match", "is not for a heartbeat: a worker is alive at any version of its job");
            return HeartbeatBody.Read(body, errors);
        },
        (job, caller, command, _) => job.HeartbeatAsync(caller, command));

    public static Task<IResult> Delete(string id, HttpContext http, IGrainFactory grains) => SendAsync(
        id, http, grains, BodyNeed.None,
        (_, _) => new DeleteJob(),
        (job, caller, command, expected) => job.DeleteAsync(caller, command with { ExpectedVersion = expected }));

    public static Task<IResult> Redeliver(string id, HttpContext http, IGrainFactory grains) => SendAsync(
        id, http, grains, BodyNeed.None,
        (_, _) => new RedeliverCallback(),
        (job, caller, command, expected) => job.RedeliverCallbackAsync(caller, command with { ExpectedVersion = expected }));

    private enum BodyNeed
    {
        None = 0,
        Optional = 1,
        Required = 2,
    }

    /// <summary>The way of every command about one job: id, body, condition, command, answer.</summary>
    private static async Task<IResult> SendAsync<TCommand>(
        string id,
        HttpContext http,
        IGrainFactory grains,
        BodyNeed need,
        Func<JsonElement, RequestErrors, TCommand> read,
        Func<IJobGrain, Caller, TCommand, long?, Task<JobOutcome>> send)
    {
        if (!JobId.TryParse(id, out var jobId))
            return new ProblemResult(ProblemMap.InvalidJobId);
        using var body = need is BodyNeed.None
            ? null
            : await JsonBody.ReadAsync(http.Request, http.RequestAborted, optional: need is BodyNeed.Optional);
        if (body?.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = read(body?.Root ?? default, errors);
        var condition = VersionCondition.Read(http.Request.Headers.IfMatch, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());

        ProblemExceptionHandler.CommandFor(http, jobId);
        var (job, caller) = (grains.GetGrain<IJobGrain>(jobId.ToString()), http.Caller());
        return await condition.SendAsync(expected => send(job, caller, command, expected)) is var outcome
            && outcome is JobOutcome.Refused { Reason: Refusal.VersionMismatch mismatch }
                ? new ProblemResult(condition.Explained(mismatch))
                : JobResult.Of(outcome);
    }
}
