using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.DataProtection;

/// <summary>What the keys of data protection have to say. Event ids 3260 to 3269. No key.</summary>
internal static partial class Log
{
    [LoggerMessage(3260, LogLevel.Warning, "A key of data protection could not be stored")]
    public static partial void ProtectionKeyNotStored(this ILogger log, Exception problem);
}
