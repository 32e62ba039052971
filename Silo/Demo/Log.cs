namespace JobTracker.Silo.Demo;

/// <summary>What the demonstration says. Event ids 6030 to 6039.</summary>
internal static partial class Log
{
    [LoggerMessage(6030, LogLevel.Warning, "The demonstration left out one of its steps: {Problem}")]
    public static partial void RoundFailed(this ILogger log, string problem);

    [LoggerMessage(6031, LogLevel.Critical, "The demonstration ends: it cannot fill its file")]
    public static partial void Broken(this ILogger log, Exception fault);
}
