using JobTracker.Gateway;
using JobTracker.Gateway.Shutdown;
using JobTracker.Silo;
using JobTracker.Silo.Commands;

if (args is ["keys", ..])
    return await KeysCommand.Make().Parse(args[1..]).InvokeAsync();

return await ProcessStart.RunAsync(args, commands: ["keys"], () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHostDefaults().AddJobTrackerSilo();
    return builder.Configuration.GetValue(SiloSetup.GatewayEnabled, defaultValue: true)
        ? builder.AddDrain().AddJobTrackerGateway().Build().MapJobTrackerGateway()
        : builder.Build().MapJobTrackerHealth();
});
