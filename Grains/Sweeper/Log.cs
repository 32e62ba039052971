using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Sweeper;

/// <summary>What the sweeper has to say. Event ids 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information,
        "A sweep woke {Woken} jobs ({Failed} failed) in {Duration}; the most belated had been due for {Lag}; cut short: {IsCutShort}")]
    public static partial void Swept(this ILogger log, int woken, int failed, TimeSpan duration, TimeSpan lag, bool isCutShort);

    [LoggerMessage(1101, LogLevel.Warning, "{Failed} jobs could not do what was due; they stay due. The first failure")]
    public static partial void WakesFailed(this ILogger log, Exception problem, int failed);

    [LoggerMessage(1102, LogLevel.Warning, "The database does not tell which jobs are due")]
    public static partial void SweepFailed(this ILogger log, Exception problem);

    [LoggerMessage(1103, LogLevel.Information, "The sweeper could not be nudged")]
    public static partial void NudgeFailed(this ILogger log, Exception problem);

    [LoggerMessage(1104, LogLevel.Debug, "The figures of all jobs could not be read; their gauges say nothing until they can")]
    public static partial void FiguresFailed(this ILogger log, Exception problem);

    [LoggerMessage(1105, LogLevel.Debug, "How jobs ended and receivers did long ago could not be forgotten; it is tried again")]
    public static partial void StatsStay(this ILogger log, Exception problem);
}
