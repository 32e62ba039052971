using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Gateway.Logs;

internal static class LogsSetup
{
    /// <summary>Puts <see cref="CountedLogs"/> before all loggers of the host.</summary>
    public static IServiceCollection AddCountedLogs(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LoggerFactory>();
        return services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, CountedLogs>());
    }
}
