using JobTracker.Gateway;
using JobTracker.Gateway.Shutdown;
using JobTracker.Silo;
using JobTracker.Silo.Commands;
using JobTracker.Silo.Dashboard;

if (args is [var first, .. var line] && OperatorCommands.Names.Contains(first))
    return await OperatorCommands.RunAsync(first, line);

return await ProcessStart.RunAsync(args, OperatorCommands.Names, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHostDefaults().AddJobTrackerSilo();
    return builder.Configuration.GetValue(SiloSetup.GatewayEnabled, defaultValue: true)
        ? builder.AddDrain().AddJobTrackerGateway().Build().MapJobTrackerGateway().MapOrleansPages()
        : builder.Build().MapJobTrackerHealth();
});
