using System.Diagnostics;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Jobs;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Jobs.Callbacks;

/// <summary>
/// The span of one attempt: in the trace of the change that owes the callback, and with a link to it, so that an attempt of the next day
/// is still found from its cause. The receiver is told nothing of it.
/// </summary>
internal static class AttemptSpan
{
    /// <param name="id">The job's.</param>
    /// <param name="owedBy">From <see cref="CallbackLog.OwedBy"/>; null: the change was not traced, and the attempt is not.</param>
    public static Activity? Open(string id, string? owedBy)
    {
        if (!ActivityContext.TryParse(owedBy, traceState: null, isRemote: true, out var change))
            return null;
        var span = Instrumentation.Source.StartActivity(
            "callback attempt", ActivityKind.Client, change, links: [new ActivityLink(change)]);
        span?.SetTag("jobtracker.job.id", id);
        return span;
    }

    public static void Close(Activity? span, JobSnapshot job, CallbackAttempt attempt)
    {
        if (span is null)
            return;
        // The host alone: the rest of the URL may hold a token of the receiver's.
        span.SetTag("server.address", CallbackMessage.HostOf(job.Callback!.Url));
        span.SetTag("http.request.method", "POST");
        span.SetTag("http.response.status_code", attempt.StatusCode);
        span.SetTag("jobtracker.callback.attempt", job.Callback.Attempts + 1);
        if (!attempt.IsDelivered)
            span.SetStatus(ActivityStatusCode.Error, attempt.Error);
    }
}
