using JobTracker.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddJobTrackerSilo();
var app = builder.Build();
await app.RunAsync();
