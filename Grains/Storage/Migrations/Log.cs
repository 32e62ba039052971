using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Storage.Migrations;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "Applied migration {Script} to {Database}")]
    public static partial void AppliedMigration(this ILogger log, string script, string database);

    [LoggerMessage(2101, LogLevel.Warning,
        "{Database} has migrations that this version does not know, so a newer one has been here: {Scripts}")]
    public static partial void DatabaseIsAhead(this ILogger log, string database, string scripts);
}
