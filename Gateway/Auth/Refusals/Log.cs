namespace JobTracker.Gateway.Auth.Refusals;

/// <summary>What refused credentials have to say. Event ids 5210 to 5219.</summary>
internal static partial class Log
{
    [LoggerMessage(5210, LogLevel.Warning, "Refused credentials cannot be written as audit events; they are counted until they can")]
    public static partial void RefusalsWait(this ILogger log, Exception problem);

    [LoggerMessage(5211, LogLevel.Information, "Refused credentials are written again")]
    public static partial void RefusalsWritten(this ILogger log);

    [LoggerMessage(5212, LogLevel.Warning, "{Count} refusals of credentials could not be written before the end")]
    public static partial void RefusalsLost(this ILogger log, long count);
}
