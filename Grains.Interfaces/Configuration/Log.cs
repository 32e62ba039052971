using Microsoft.Extensions.Logging;

namespace JobTracker.Configuration;

internal static partial class Log
{
    [LoggerMessage(6100, LogLevel.Warning, "{Options} were read again and stay as they were: {Keys} cannot be so")]
    public static partial void BadValueLeftAside(this ILogger log, string options, string keys);
}
