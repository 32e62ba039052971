using JobTracker.Keys;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Keys;

/// <summary>What keys have to say. Event ids 3250 to 3259. No secret.</summary>
internal static partial class Log
{
    [LoggerMessage(3250, LogLevel.Information, "Key {Key} of {Organization} is made")]
    public static partial void KeyMade(this ILogger log, KeyId key, string organization);

    [LoggerMessage(3251, LogLevel.Information, "Key {Key} has a new secret")]
    public static partial void KeyRotated(this ILogger log, KeyId key);

    [LoggerMessage(3252, LogLevel.Information, "Key {Key} is revoked")]
    public static partial void KeyRevoked(this ILogger log, KeyId key);

    [LoggerMessage(3253, LogLevel.Warning, "What changed of key {Key} could not be stored")]
    public static partial void KeyNotStored(this ILogger log, Exception problem, KeyId key);

    [LoggerMessage(3254, LogLevel.Debug, "The last use of key {Key} could not be written: {Reason}")]
    public static partial void UseNotWritten(this ILogger log, string reason, KeyId key);
}
