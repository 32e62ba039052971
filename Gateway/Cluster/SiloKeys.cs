using JobTracker.Configuration;

namespace JobTracker.Gateway.Cluster;

/// <summary>The keys that silos read: one configuration may be given to silos and gateways alike. The list is written by a test.</summary>
internal static class SiloKeys
{
    public static void AddSiloKeys(this IServiceCollection services)
    {
        using var list = typeof(SiloKeys).Assembly.GetManifestResourceStream("silo-keys.txt")!;
        using var lines = new StreamReader(list);
        while (lines.ReadLine() is { } key)
            services.AddKnownKey(key);
    }
}
