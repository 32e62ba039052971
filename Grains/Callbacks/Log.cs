using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Callbacks;

/// <summary>What callback delivery logs; event ids 3000 to 3099. No URL (it may hold a token in its query), no body, no secret.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Attempt of callback {WebhookId} failed after {Duration}: {Error}")]
    public static partial void AttemptFailed(ILogger log, string webhookId, string error, TimeSpan duration);

    [LoggerMessage(3001, LogLevel.Warning,
        "Host {Host} failed {Failures} callbacks in a row; it gets one attempt at a time until one succeeds")]
    public static partial void HostIsFailing(ILogger log, string host, int failures);

    [LoggerMessage(3002, LogLevel.Information, "Host {Host} answers callbacks again")]
    public static partial void HostIsWell(ILogger log, string host);

    [LoggerMessage(3003, LogLevel.Error, "The attempt for {Key} broke; the sweeper will come back to it")]
    public static partial void AttemptBroke(ILogger log, string key, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning,
        "The callback queue is full for host {Host} ({Waiting} waiting in all); its callbacks wait in storage")]
    public static partial void QueueIsFull(ILogger log, string host, int waiting);

    [LoggerMessage(3005, LogLevel.Information,
        "Callbacks stop: {Waiting} waiting are left to the sweeper, {Running} attempts are under way")]
    public static partial void Stopping(ILogger log, int waiting, int running);

    [LoggerMessage(3006, LogLevel.Warning,
        "What came of the attempt for {Key} may not be stored, so that the sweeper may have it made again: {Reason}")]
    public static partial void AttemptNotStored(ILogger log, string key, string reason);
}
