using JobTracker.Gateway;
using JobTracker.Silo;
using JobTracker.Silo.Commands;

if (args is ["keys", ..])
    return await KeysCommand.Make().Parse(args[1..]).InvokeAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddHostDefaults().AddJobTrackerSilo();
if (!builder.Configuration.GetValue("Gateway:Enabled", defaultValue: true))
    await builder.Build().MapJobTrackerHealth().RunAsync();
else
    await builder.AddJobTrackerGateway().Build().MapJobTrackerGateway().RunAsync();
return 0;
