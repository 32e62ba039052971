namespace JobTracker.Gateway.Shutdown;

internal static partial class Log
{
    [LoggerMessage(5150, LogLevel.Information, "Told to end: unready, and serving on for {Drain}")]
    public static partial void Draining(this ILogger log, TimeSpan drain);
}
