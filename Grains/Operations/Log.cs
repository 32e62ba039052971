using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Operations;

/// <summary>What operations have to say. Event ids 1200 to 1219.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "{OperationId} ({Action}) of {Organization} is {Status}: {Succeeded} of {Matched} jobs")]
    public static partial void OperationEnded(
        this ILogger log, string operationId, string action, string organization, string status, long succeeded, long matched);

    [LoggerMessage(1201, LogLevel.Information, "A step of {OperationId} could not be done now; it is done again")]
    public static partial void StepPostponed(this ILogger log, Exception fault, string operationId);

    [LoggerMessage(1202, LogLevel.Information, "Another activation of {OperationId} stored a step first; this one forgets what it knew")]
    public static partial void OperationTakenOver(this ILogger log, string operationId);

    [LoggerMessage(1203, LogLevel.Information, "The database does not tell now which operations have not ended")]
    public static partial void OperationsNotRead(this ILogger log, Exception fault);

    [LoggerMessage(1204, LogLevel.Error, "{OperationId} cannot go on")]
    public static partial void OperationFailed(this ILogger log, Exception fault, string operationId);

    [LoggerMessage(1205, LogLevel.Information, "{Removed} operations were removed: they had ended {KeepTime} ago")]
    public static partial void OperationsRemoved(this ILogger log, int removed, TimeSpan keepTime);
}
