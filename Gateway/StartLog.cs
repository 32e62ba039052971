namespace JobTracker.Gateway;

/// <summary>
/// Until the process has started, the host's own account of why it did not is left out: <see cref="ProcessStart"/> tells it in one line.
/// </summary>
internal sealed class StartLog
{
    private const string Category = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _hasStarted;

    public static void Add(IHostApplicationBuilder builder)
    {
        var log = new StartLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddFilter(
            Category, level => level >= LogLevel.Information && (log._hasStarted || level is not LogLevel.Error));
    }

    public void Follow(IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(() => _hasStarted = true);
}
