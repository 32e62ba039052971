using System.Net;
using JobTracker.Tests.StandIn.Anthropic;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Control;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.OpenAi;
using JobTracker.Tests.StandIn.Recording;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.Hosting;

namespace JobTracker.Tests.StandIn;

/// <summary>Puts the server together: journal first, so that it sees what a fault hides; then faults; then the two protocols.</summary>
internal static class StandInServer
{
    public static WebApplication Build(StandInOptions options, TimeProvider clock)
    {
        // Slim: no configuration files and no environment of the host project.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, 0);
            // The handlers have limits of their own, with the providers' words for them.
            kestrel.Limits.MaxRequestBodySize = null;
            // A slow client is the client's business here.
            kestrel.Limits.MinResponseDataRate = null;
        });
        // A flush is done when the socket has taken it: what precedes a reset or a hang has then left, and the test can rely on it.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        AddParts(builder.Services, options, clock);

        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<JournalMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.Services.GetRequiredService<AnthropicApi>().Map(app);
        app.Services.GetRequiredService<OpenAiFilesApi>().Map(app);
        app.Services.GetRequiredService<OpenAiBatchesApi>().Map(app);
        app.Services.GetRequiredService<ControlApi>().Map(app);
        return app;
    }

    private static void AddParts(IServiceCollection services, StandInOptions options, TimeProvider clock)
    {
        services.AddSingleton(clock).AddSingleton(options.Pace);
        services.AddSingleton<Identifiers>().AddSingleton<BatchBook>().AddSingleton<FileShelf>().AddSingleton<Elsewhere>();
        services.AddSingleton<RequestJournal>().AddSingleton<JournalMiddleware>();
        services.AddSingleton<FaultPlan>().AddSingleton<FaultMiddleware>();
        services.AddSingleton<AnthropicBatchView>().AddSingleton<AnthropicApi>();
        services.AddSingleton<OpenAiFilesApi>().AddSingleton<OpenAiBatchesApi>().AddSingleton<ControlApi>();
    }
}
