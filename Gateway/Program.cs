using JobTracker.Gateway.Cluster;
using JobTracker.Gateway.Shutdown;

namespace JobTracker.Gateway;

/// <summary>The gateway as a process of its own.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => ProcessStart.RunAsync(args, commands: [], () =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddHostDefaults().AddDrain().AddJobTrackerGateway().AddClusterClient();
        return builder.Build().MapJobTrackerGateway();
    });
}
