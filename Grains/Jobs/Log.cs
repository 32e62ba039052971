using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Jobs;

/// <summary>What jobs have to say. Event ids 1000 to 1099.</summary>
internal static partial class Log
{
    /// <summary>
    /// The guard of the row did what it is for: a silo that was taken for dead, or a client that lost an answer, was overtaken.
    /// </summary>
    [LoggerMessage(1000, LogLevel.Information, "Another activation of {JobId} wrote first; this one forgets what it knew")]
    public static partial void AnotherActivationWrote(this ILogger log, string jobId);

    [LoggerMessage(1001, LogLevel.Warning, "The last heartbeat and progress of {JobId} could not be stored yet")]
    public static partial void ProgressNotStored(this ILogger log, Exception problem, string jobId);

    [LoggerMessage(1002, LogLevel.Information, "The row of {JobId} was ahead of its activation, which had read it before a late write came")]
    public static partial void RowWasAhead(this ILogger log, string jobId);

    [LoggerMessage(1003, LogLevel.Information, "The group {JobId} is sealed, and could not look at its children yet")]
    public static partial void GroupLooksLater(this ILogger log, Exception problem, string jobId);
}
