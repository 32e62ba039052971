using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>What storage has to say. Event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "Storing {Rows} rows failed: {Fault}")]
    public static partial void WriteFailed(this ILogger log, Exception problem, int rows, StoreFault fault);

    [LoggerMessage(2001, LogLevel.Error, "The database refuses the row of {JobId}")]
    public static partial void RowRefused(this ILogger log, Exception problem, JobId jobId);

    [LoggerMessage(2002, LogLevel.Warning, "Reading {Rows} rows failed")]
    public static partial void ReadFailed(this ILogger log, Exception problem, int rows);

    [LoggerMessage(2003, LogLevel.Error, "Storing {Rows} rows ended in an unforeseen error")]
    public static partial void WriterBroke(this ILogger log, Exception problem, int rows);

    [LoggerMessage(2004, LogLevel.Error, "The row of {JobId} can't be read")]
    public static partial void RowUnreadable(this ILogger log, Exception problem, JobId jobId);

    [LoggerMessage(2005, LogLevel.Warning, "A write whose answer was lost could not be ended yet")]
    public static partial void WriteStaysOpen(this ILogger log, Exception problem);
}
