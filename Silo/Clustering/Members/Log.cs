namespace JobTracker.Silo.Clustering.Members;

/// <summary>Who is in the cluster. Event ids 6020 to 6039.</summary>
internal static partial class Log
{
    [LoggerMessage(6020, LogLevel.Information, "Silo {Silo} joined the cluster; {Active} are active")]
    public static partial void Joined(this ILogger log, SiloAddress silo, int active);

    [LoggerMessage(6021, LogLevel.Information, "Silo {Silo} leaves the cluster; {Active} are active")]
    public static partial void Leaves(this ILogger log, SiloAddress silo, int active);

    [LoggerMessage(6022, LogLevel.Warning, "Silo {Silo} died; {Active} are active")]
    public static partial void Died(this ILogger log, SiloAddress silo, int active);

    [LoggerMessage(6023, LogLevel.Warning,
        "Nobody answers for silo {Silo}: its host refuses connections, and it has written no sign of life for {Seconds:0.0} s")]
    public static partial void NobodyAnswers(this ILogger log, SiloAddress silo, double seconds);

    [LoggerMessage(6024, LogLevel.Error,
        "The storage has not worked for {Seconds:0} s here, and works at {Witness}: this silo leaves, with exit code {ExitCode}. {Cause}")]
    public static partial void StorageLost(this ILogger log, double seconds, string cause, SiloAddress witness, int exitCode);

    [LoggerMessage(6025, LogLevel.Information,
        "This silo stood still for {Seconds:0.0} s; it looks whether it is still a member before it goes on")]
    public static partial void StoodStill(this ILogger log, double seconds);
}
