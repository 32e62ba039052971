using JobTracker.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Gateway.Clock;

/// <summary>The clocks of a process: the machine's, one that never goes back, and who watches the difference.</summary>
internal static class ClockSetup
{
    /// <summary>May be called by each part of a process.</summary>
    public static void AddClocks(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SteadyClock>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClockWatch>());
    }
}
