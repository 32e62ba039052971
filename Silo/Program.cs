using JobTracker.Gateway;
using JobTracker.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultAddress().AddJobTrackerSilo();
var serveApi = builder.Configuration.GetValue("Gateway:Enabled", defaultValue: true);
if (serveApi)
    builder.AddJobTrackerGateway();

var app = builder.Build();
_ = serveApi ? app.MapJobTrackerGateway() : app.MapJobTrackerHealth();
await app.RunAsync();
