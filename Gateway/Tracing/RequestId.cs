using System.Diagnostics;

namespace JobTracker.Gateway.Tracing;

/// <summary>
/// Gives every request one id: the trace id of its <c>traceparent</c> (W3C Trace Context), or a new one. Logs, problems and answer agree.
/// </summary>
internal static class RequestId
{
    public const string Header = "X-Request-Id";

    public static void UseRequestIds(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.TraceIdentifier = TraceId(http.Request);
        http.Response.Headers[Header] = http.TraceIdentifier;
        return next(http);
    });

    private static string TraceId(HttpRequest request)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            return activity.TraceId.ToHexString();
        var isGiven = ActivityContext.TryParse(request.Headers.TraceParent, null, out var parent);
        return (isGiven ? parent.TraceId : ActivityTraceId.CreateRandom()).ToHexString();
    }
}
