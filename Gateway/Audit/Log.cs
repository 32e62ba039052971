namespace JobTracker.Gateway.Audit;

/// <summary>What the audit trail has to say. Event ids 5200 to 5209.</summary>
internal static partial class Log
{
    [LoggerMessage(5200, LogLevel.Warning, "{Event} ({Action}) ended as {Outcome}, which could not be written: it stays begun")]
    public static partial void EndNotWritten(this ILogger log, Exception problem, string @event, string action, string outcome);
}
