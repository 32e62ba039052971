using JobTracker.Jobs;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Groups;

/// <summary>What groups have to say. Event ids 1500 to 1599.</summary>
internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Warning, "The database does not tell which groups have to look at their children")]
    public static partial void NoticesNotRead(this ILogger log, Exception problem);

    [LoggerMessage(1501, LogLevel.Information, "The group {JobId} could not look at its children; its notice stays")]
    public static partial void GroupDidNotLook(this ILogger log, Exception problem, JobId jobId);

    [LoggerMessage(1502, LogLevel.Warning, "The cancels of the children of {JobId} broke off; they are owed still")]
    public static partial void CancelsBroken(this ILogger log, Exception problem, JobId jobId);

    [LoggerMessage(1503, LogLevel.Information, "{JobId} could not be cancelled with its group yet")]
    public static partial void ChildNotCancelled(this ILogger log, Exception problem, JobId jobId);
}
