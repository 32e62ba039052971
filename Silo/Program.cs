using JobTracker.Gateway;
using JobTracker.Silo;

return await ProcessStart.RunAsync(args, commands: [], () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHostDefaults().AddJobTrackerSilo();
    return builder.Configuration.GetValue(SiloSetup.GatewayEnabled, defaultValue: true)
        ? builder.AddJobTrackerGateway().Build().MapJobTrackerGateway()
        : builder.Build().MapJobTrackerHealth();
});
