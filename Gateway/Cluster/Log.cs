namespace JobTracker.Gateway.Cluster;

internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Warning, "No connection to the cluster yet, trying again: {Reason}")]
    public static partial void NoClusterYet(this ILogger log, string reason);
}
