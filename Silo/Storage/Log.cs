namespace JobTracker.Silo.Storage;

/// <summary>What a silo says of its database before it starts. Event ids 6000 to 6019.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Warning, "The silo has waited for its database for {Seconds:0} s. {Cause} ({Reason})")]
    public static partial void WaitsForDatabase(this ILogger log, double seconds, string cause, string reason);

    [LoggerMessage(6001, LogLevel.Warning, "The database is there after {Seconds:0} s; the silo starts")]
    public static partial void DatabaseIsThere(this ILogger log, double seconds);
}
