using JobTracker.Gateway;
using JobTracker.Gateway.Shutdown;
using JobTracker.Silo.Dashboard;

namespace JobTracker.Silo;

/// <summary>The silo's process: a silo, and the gateway in it unless it is told not to serve.</summary>
internal static class ServedSilo
{
    /// <param name="settings">The command line, without a command.</param>
    /// <param name="setDefaults">Settings that all others go over.</param>
    /// <param name="addMore">What begins when the silo has.</param>
    public static WebApplication Build(
        string[] settings, Action<ConfigurationManager>? setDefaults = null, Action<IServiceCollection>? addMore = null)
    {
        var builder = WebApplication.CreateBuilder(settings);
        setDefaults?.Invoke(builder.Configuration);
        builder.AddHostDefaults().AddJobTrackerSilo();
        addMore?.Invoke(builder.Services);
        return builder.Configuration.GetValue(SiloSetup.GatewayEnabled, defaultValue: true)
            ? builder.AddDrain().AddJobTrackerGateway().Build().MapJobTrackerGateway().MapOrleansPages()
            : builder.Build().MapJobTrackerHealth();
    }
}
