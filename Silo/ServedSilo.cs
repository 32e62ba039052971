using JobTracker.Gateway;
using JobTracker.Gateway.Shutdown;
using JobTracker.Silo.Dashboard;

namespace JobTracker.Silo;

/// <summary>The silo's process: a silo, and the gateway in it unless it is told not to serve.</summary>
internal static class ServedSilo
{
    /// <param name="settings">The command line, without a command.</param>
    /// <param name="change">What is more to it.</param>
    public static WebApplication Build(string[] settings, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.AddHostDefaults();
        change?.Invoke(builder);
        builder.AddJobTrackerSilo();
        return builder.Configuration.GetValue(SiloSetup.GatewayEnabled, defaultValue: true)
            ? builder.AddDrain().AddJobTrackerGateway().Build().MapJobTrackerGateway().MapOrleansPages()
            : builder.Build().MapJobTrackerHealth();
    }
}
