namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>What exports have to say. Event ids 5220 to 5229.</summary>
internal static partial class Log
{
    [LoggerMessage(5220, LogLevel.Information, "The export of request {RequestId} was cut off: what is left cannot be read now")]
    public static partial void ExportBroken(this ILogger log, Exception fault, string requestId);
}
