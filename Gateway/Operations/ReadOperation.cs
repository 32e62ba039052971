using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Telemetry;
using JobTracker.Operations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Operations;

/// <summary>Reads one operation: at once, when it is what the caller waits for, or as events.</summary>
internal static class ReadOperation
{
    public static Task<IResult> Get(
        OperationId id, HttpContext http, GrainCalls calls, OperationWatch watch, JobWatch jobs, Shares shares, TimeProvider clock,
        IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            errors => JobWait.Read(new QueryFields(http.Request.Query, errors), limits.Value),
            async wait =>
            {
                var operation = await calls.Operation(id).ReadAsync(grain => grain.GetAsync(http.Caller()));
                return operation is null || wait.Longest <= TimeSpan.Zero
                    ? Answer(http, operation)
                    : await WaitAsync(operation, wait, http, watch, jobs, shares, clock);
            });

    public static Task<IResult> Events(
        OperationId id, HttpContext http, GrainCalls calls, OperationWatch watch, JobWatch jobs, Shares shares, TimeProvider clock,
        IOptions<GatewayLimits> limits) => http.AnswerAsync(
        errors => WatchJob.SeenVersion(http.Request, errors),
        async seen =>
        {
            var caller = http.Caller();
            if (await calls.Operation(id).ReadAsync(grain => grain.GetAsync(caller)) is not { } operation)
                return new ProblemResult(ProblemMap.OperationNotFound);
            if (operation.Status.IsTerminal && seen >= operation.Version)
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
            var stop = jobs.Until(http.RequestAborted, admission.Ended);
            http.Response.RegisterForDispose(stop);
            var silence = new Silence(http.Response, clock, limits.Value.StreamComment);
            return TypedResults.ServerSentEvents(Follow(operation, seen, caller, watch, silence, stop.Token, http.RequestAborted));
        });

    private static async IAsyncEnumerable<SseItem<string>> Follow(
        OperationSnapshot operation, long? seen, Caller caller, OperationWatch watch, Silence silence, CancellationToken stop,
        [EnumeratorCancellation] CancellationToken aborted)
    {
        silence.Restart();
        if (seen is { } version && version >= operation.Version)
            await silence.BreakAsync();
        else
            yield return Event(operation);
        while (!operation.Status.IsTerminal && !stop.IsCancellationRequested)
        {
            if (await watch.LookAsync(operation, caller, silence.Left, stop) is not { } now)
                yield break;
            if (now.Version > operation.Version)
            {
                operation = now;
                yield return Event(operation);
                silence.Restart();
            }
            await silence.BreakWhenOverAsync();
        }
    }

    private static async Task<IResult> WaitAsync(
        OperationSnapshot first, JobWait wait, HttpContext http, OperationWatch watch, JobWatch jobs, Shares shares, TimeProvider clock)
    {
        using var share = shares.TakeWait(http);
        if (share is null)
            return new ProblemResult(ProblemMap.TooManyWaits);
        using var open = http.RequestServices.GetRequiredService<OpenWatches>().Wait();
        using var admission = new Admission(http, clock);
        using var stop = jobs.Until(http.RequestAborted, admission.Ended);
        var began = clock.GetTimestamp();
        var last = first;
        while (!wait.IsOver(first.Version, last.Version, last.Status.IsTerminal) && !stop.IsCancellationRequested
            && wait.Longest - clock.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            if (await watch.LookAsync(last, http.Caller(), left, stop.Token) is not { } now)
                return new ProblemResult(ProblemMap.OperationNotFound);
            last = now;
        }
        return admission.Ended.IsCancellationRequested ? new ProblemResult(ProblemMap.CredentialsRefused) : Answer(http, last);
    }

    private static IResult Answer(HttpContext http, OperationSnapshot? operation) =>
        operation is null ? new ProblemResult(ProblemMap.OperationNotFound)
        : EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, operation.Version)
            ? new OperationResult(operation, StatusCodes.Status304NotModified)
            : new OperationResult(operation);

    private static SseItem<string> Event(OperationSnapshot operation) =>
        new(JsonSerializer.Serialize(OperationView.Of(operation), GatewayJson.Wire.OperationView))
        {
            EventId = operation.Version.ToString(CultureInfo.InvariantCulture),
        };
}
