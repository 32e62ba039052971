namespace JobTracker.Silo.Demo;

/// <summary>What the demonstration says. Event ids 6030 to 6039.</summary>
internal static partial class Log
{
    [LoggerMessage(6030, LogLevel.Warning, "The demonstration left out one of its steps: {Problem}")]
    public static partial void RoundFailed(this ILogger log, string problem);
}
