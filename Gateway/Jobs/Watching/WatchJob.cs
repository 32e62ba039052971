using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Telemetry;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs.Watching;

/// <summary>
/// A job as server-sent events (WHATWG HTML, 9.2): the snapshot at once, then one event per version, until the job ends or is deleted.
/// </summary>
internal static class WatchJob
{
    private const string LastEventId = "Last-Event-ID";

    public static Task<IResult> Events(
        JobId id, HttpContext http, GrainCalls calls, JobWatch watch, Shares shares, TimeProvider clock,
        IOptions<GatewayLimits> limits) => http.AnswerAsync(
        errors => SeenVersion(http.Request, errors),
        seen => OpenAsync(id, seen, http, calls, watch, shares, clock, new Silence(http.Response, clock, limits.Value.StreamComment)));

    private static async Task<IResult> OpenAsync(
        JobId id, long? seen, HttpContext http, GrainCalls calls, JobWatch watch, Shares shares, TimeProvider clock, Silence silence)
    {
        var caller = http.Caller();
        if (await calls.Job(id).ReadAsync(grain => grain.GetAsync(caller)) is not { } job)
            return new ProblemResult(ProblemMap.JobNotFound);
        // All is told: 204 is what keeps an EventSource from connecting again.
        if (job.Status.IsTerminal && seen >= job.Version)
            return TypedResults.NoContent();
        if (HttpMethods.IsHead(http.Request.Method))
            return TypedResults.Text("", "text/event-stream");
        if (shares.TakeStream(http) is not { } share)
            return new ProblemResult(ProblemMap.TooManyStreams);
        http.Response.RegisterForDispose(share);
        http.Response.RegisterForDispose(http.RequestServices.GetRequiredService<OpenWatches>().Events());
        var admission = new Admission(http, clock);
        http.Response.RegisterForDispose(admission);
        http.Response.Headers["X-Accel-Buffering"] = "no";
        silence.Restart();
        return TypedResults.ServerSentEvents(
            Follow(job, Math.Min(seen ?? 0, job.Version), seen is null, caller, watch, silence, admission.Ended, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> Follow(
        JobSnapshot job, long version, bool tellsSnapshot, Caller caller, JobWatch watch, Silence silence,
        CancellationToken dismissed, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var stop = watch.Until(aborted, dismissed);
        if (tellsSnapshot)
        {
            yield return Event(job);
            if (job.Status.IsTerminal)
                yield break;
            version = job.Version;
        }
        else
        {
            // The headers, and a sign that the stream stands: the next version may be long in coming.
            await silence.BreakAsync();
        }
        while (!stop.IsCancellationRequested)
        {
            if (await watch.LookAsync(job.Id, caller, version, silence.Left, stop.Token) is not { } changes)
            {
                yield return Deleted(job.Id);
                yield break;
            }
            foreach (var change in changes.Snapshots)
            {
                yield return Event(change);
                if (change.Status.IsTerminal)
                    yield break;
                version = change.Version;
                silence.Restart();
            }
            await silence.BreakWhenOverAsync();
        }
    }

    /// <summary>The version that the client saw last; null where it is new.</summary>
    internal static long? SeenVersion(HttpRequest request, RequestErrors errors)
    {
        var header = request.Headers[LastEventId];
        if (header.Count == 0 || (header.Count == 1 && header[0] is ""))
            return null;
        if (long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;
        errors.InHeader(LastEventId, "must be the id of an event of this stream: a version");
        return null;
    }

    private static SseItem<string> Event(JobSnapshot job) => new(JsonSerializer.Serialize(JobView.Of(job), GatewayJson.Wire.JobView))
    {
        EventId = job.Version.ToString(CultureInfo.InvariantCulture),
    };

    private static SseItem<string> Deleted(JobId id) =>
        new(JsonSerializer.Serialize(new DeletedView(id.ToString()), GatewayJson.Wire.DeletedView), "deleted");
}
