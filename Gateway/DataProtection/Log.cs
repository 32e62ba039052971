namespace JobTracker.Gateway.DataProtection;

/// <summary>What the keys that encrypt cookies have to say. Event ids 5400 to 5409. No key.</summary>
internal static partial class Log
{
    [LoggerMessage(5400, LogLevel.Information, "The pages wait for the keys of their cookies, which cannot be read yet: {Reason}")]
    public static partial void KeysWait(this ILogger log, string reason);

    [LoggerMessage(5401, LogLevel.Information, "The keys of the pages' cookies are read")]
    public static partial void KeysRead(this ILogger log);
}
