namespace JobTracker.Gateway.Clock;

internal static partial class Log
{
    [LoggerMessage(5300, LogLevel.Warning,
        "The clock of this machine went back: it is {Behind} behind. Ids go on from the last; deadlines come late by as much. Set the clock")]
    public static partial void ClockWentBack(this ILogger log, TimeSpan behind);

    [LoggerMessage(5301, LogLevel.Information, "The clock of this machine is where it was before it went back")]
    public static partial void ClockCaughtUp(this ILogger log);
}
