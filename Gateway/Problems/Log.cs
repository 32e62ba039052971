namespace JobTracker.Gateway.Problems;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Error, "{Method} {Path} failed unexpectedly")]
    public static partial void UnexpectedFault(this ILogger log, Exception fault, string method, string path);

    [LoggerMessage(5001, LogLevel.Warning, "{Method} {Path} answered {Code}")]
    public static partial void Unavailable(this ILogger log, Exception fault, string code, string method, string path);
}
