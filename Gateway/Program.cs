using JobTracker.Gateway.Cluster;

namespace JobTracker.Gateway;

/// <summary>The gateway as a process of its own.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddHostDefaults().AddJobTrackerGateway().AddClusterClient();
        await builder.Build().MapJobTrackerGateway().RunAsync();
    }
}
