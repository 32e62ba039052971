using JobTracker.Configuration;
using JobTracker.Grains.Groups;
using JobTracker.Grains.Silos;
using JobTracker.Grains.Sweeper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains;

/// <summary>What a silo needs so that jobs do by themselves what is due.</summary>
public static class SweeperSetup
{
    /// <summary>After <c>AddJobs</c>, on a silo with a reminder service.</summary>
    public static ISiloBuilder AddSweeper(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSection<SweeperOptions>("Sweeper");
        services.AddMetrics();
        services.AddSingleton<SweeperMetrics>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FiguresReading>(
            provider, provider.GetRequiredService<IOptions<SweeperOptions>>().Value));
        services.AddSingleton<ChildCancels>().AddSingleton<GroupNotices>().AddSingleton<StatsRemoval>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<SweeperKeeper>(provider, Random.Shared));
        services.AddSingleton<SiloReporters>();
        silo.AddGrainService<SiloReporter>();
        // Orleans speaks there in our name: which part of a ring it has.
        services.AddLogging(logging => logging.AddFilter(typeof(SiloReporter).FullName, LogLevel.Warning));
        return silo;
    }
}
