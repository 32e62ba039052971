namespace JobTracker.Gateway.Logs;

internal static partial class Log
{
    [LoggerMessage(EventId = 5300, Message = "{Count} more like this one in the last minute, event {EventId}: {Text}")]
    public static partial void Repeated(this ILogger log, LogLevel level, int count, int eventId, string text);
}
