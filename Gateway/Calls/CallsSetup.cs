using JobTracker.Configuration;

namespace JobTracker.Gateway.Calls;

internal static class CallsSetup
{
    public static void AddGrainCalls(this IServiceCollection services)
    {
        services.AddSection<CallOptions>(CallOptions.Section);
        services.AddSingleton<ClusterLink>();
        services.AddSingleton<IClusterConnectionStatusObserver>(host => host.GetRequiredService<ClusterLink>());
        services.AddSingleton<BoundedCalls>();
        services.AddSingleton<GrainCalls>();
    }
}
