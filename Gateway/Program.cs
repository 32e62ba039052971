using JobTracker.Gateway.Cluster;

namespace JobTracker.Gateway;

/// <summary>The gateway as a process of its own.</summary>
internal static class Program
{
    private static readonly KeyValuePair<string, string?>[] Defaults = [new("urls", "http://localhost:8080")];

    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
        builder.AddJobTrackerGateway().AddClusterClient();
        await builder.Build().MapJobTrackerGateway().RunAsync();
    }
}
