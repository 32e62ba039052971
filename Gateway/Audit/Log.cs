namespace JobTracker.Gateway.Audit;

/// <summary>What the audit trail has to say. Event ids 5200 to 5299.</summary>
internal static partial class Log
{
    [LoggerMessage(5200, LogLevel.Warning, "{Event} ({Action}) ended as {Outcome}, which could not be written: it stays begun")]
    public static partial void EndNotWritten(this ILogger log, Exception problem, string @event, string action, string outcome);

    [LoggerMessage(5201, LogLevel.Warning, "Refused credentials cannot be written as audit events; they are counted until they can")]
    public static partial void RefusalsWait(this ILogger log, Exception problem);

    [LoggerMessage(5202, LogLevel.Information, "Refused credentials are written again")]
    public static partial void RefusalsWritten(this ILogger log);

    [LoggerMessage(5203, LogLevel.Warning, "{Count} refusals of credentials could not be written before the end")]
    public static partial void RefusalsLost(this ILogger log, long count);
}
