using JobTracker.Client;
using JobTracker.Client.Operations;
using JobTracker.Cluster;
using JobTracker.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class JobTrackerClientServices
{
    /// <summary>
    /// Adds <see cref="IJobTracker"/>, <see cref="IBatchTracker"/> and <see cref="IOperationTracker"/> to a host that has an
    /// Orleans client (<c>UseOrleansClient</c>) or is a silo itself (<c>UseOrleans</c>).
    /// </summary>
    /// <example>
    /// <code>builder.Services.AddJobTrackerClient(options =&gt; { options.OrganizationId = "org-1"; options.UserId = "importer"; });</code>
    /// </example>
    public static IServiceCollection AddJobTrackerClient(this IServiceCollection services, Action<JobTrackerClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<JobTrackerClientOptions>().Configure(configure).Checked(nameof(JobTrackerClientOptions));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IOutgoingGrainCallFilter>(host => new SecretGiver(
            host.GetRequiredService<IOptions<JobTrackerClientOptions>>().Value.ClientSecret));
        services.TryAddSingleton<IJobTracker>(host => new OrleansJobTracker(
            host.GetRequiredService<IGrainFactory>(),
            host.GetRequiredService<IOptions<JobTrackerClientOptions>>().Value,
            host.GetRequiredService<TimeProvider>(),
            Random.Shared));
        services.TryAddSingleton<IBatchTracker>(host => new OrleansBatchTracker(
            host.GetRequiredService<IGrainFactory>(),
            host.GetRequiredService<IJobTracker>(),
            host.GetRequiredService<IOptions<JobTrackerClientOptions>>().Value,
            host.GetRequiredService<TimeProvider>(),
            Random.Shared));
        services.TryAddSingleton<IOperationTracker>(host => new OrleansOperationTracker(
            host.GetRequiredService<IGrainFactory>(),
            host.GetRequiredService<IOptions<JobTrackerClientOptions>>().Value,
            host.GetRequiredService<TimeProvider>(),
            Random.Shared));
        return services;
    }
}
