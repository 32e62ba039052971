namespace JobTracker.Gateway.Cluster;

internal static partial class Log
{
    [LoggerMessage(5100, LogLevel.Warning, "No connection to the cluster after {Seconds} s, trying on: {Reason}")]
    public static partial void NoClusterYet(this ILogger log, int seconds, string reason);
}
