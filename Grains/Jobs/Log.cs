using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Jobs;

/// <summary>What jobs have to say. Event ids 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "Another activation of {JobId} wrote first; this one forgets what it knew")]
    public static partial void AnotherActivationWrote(this ILogger log, Exception problem, string jobId);
}
