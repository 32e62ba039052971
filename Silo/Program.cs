using JobTracker.Gateway;
using JobTracker.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddHostDefaults().AddJobTrackerSilo();
if (!builder.Configuration.GetValue("Gateway:Enabled", defaultValue: true))
    await builder.Build().MapJobTrackerHealth().RunAsync();
else
    await builder.AddJobTrackerGateway().Build().MapJobTrackerGateway().RunAsync();
