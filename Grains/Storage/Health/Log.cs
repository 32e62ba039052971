using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Storage.Health;

/// <summary>How the storage stands. Event ids 2200 to 2249.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Warning, "The storage does not work. {Cause} ({Reason})")]
    public static partial void StorageAway(this ILogger log, string cause, string reason);

    [LoggerMessage(2201, LogLevel.Warning, "The storage works again, after {Seconds:0.0} s and {Failed} failed looks")]
    public static partial void StorageBack(this ILogger log, double seconds, int failed);
}
