using JobTracker.Configuration;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Callbacks;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Clock;
using JobTracker.Gateway.Compression;
using JobTracker.Gateway.Cors;
using JobTracker.Gateway.Doors;
using JobTracker.Gateway.Headers;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Keys;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Methods;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Operations;
using JobTracker.Gateway.Organizations;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Problems.Server;
using JobTracker.Gateway.Proxies;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Gateway.Sessions;
using JobTracker.Gateway.Telemetry;
using JobTracker.Gateway.Tracing;
using JobTracker.Pages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway;

/// <summary>The HTTP API for any host that has an Orleans client or silo: this project's own process, or a silo's.</summary>
public static class GatewaySetup
{
    public static WebApplicationBuilder AddJobTrackerGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddClocks();
        services.AddSection<GatewayLimits>(GatewayLimits.Section);
        services.TryAddSingleton<IReadiness, ClusterReadiness>();
        services.AddGrainCalls();
        services.AddHealth();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<OperationWatch>();
        services.AddSingleton<OpenWatches>();
        services.AddSingleton<RequestBudget>();
        services.AddSingleton<Shares>();
        services.AddSingleton<OpenJobs>();
        services.AddSingleton<BytesInFlight>();
        services.AddSingleton<BodyRoom>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<RefusedCredentials>();
        services.AddHostedService<RefusalsWriter>();
        services.AddReadingPace();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.ConfigureHttpJsonOptions(options => GatewayJson.Govern(options.SerializerOptions));
        services.AddGatewayOpenApi();
        services.AddContentCodings();
        services.AddLoopbackDoor();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<OtherThan>(OtherThan.Name));
        services.AddGatewayCors();
        services.AddAnswerCompression();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(ServerRefusals.Explain);
        });
        services.AddKnownProxies();
        services.AddSignIn();
        services.AddDoors();
        services.AddJobTrackerPages();
        builder.AddPageSessions();
        return builder;
    }

    public static WebApplication MapJobTrackerGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseManagementPort();
        app.UseKnownProxies();
        app.UseSecurityHeaders();
        app.UseRequestIds();
        CallBudget.Use(app);
        // The handler above answers every exception; this last resort is for one that it throws itself.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = LastResort });
        app.UseStatusCodePages(
            context => new ProblemResult(ProblemMap.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseStartGate();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseGatewayCors();
        app.UseLoopbackDoor();
        app.UseOptionsRequests();
        if (app.ServesPages())
        {
            app.UseSocketOrigin();
            app.UsePageGate();
        }
        app.UseAuthentication();
        if (app.ServesPages())
            app.UseJobTrackerPages();
        RequestBudget.Use(app);
        app.UseAuthorization();
        app.UseRequestRules();
        if (app.ServesPages())
            app.UseAntiforgery();
        var all = app.MapWithRules(app.Services.GetRequiredService<IOptions<GatewayLimits>>().Value).AnswersHead();
        var json = all.MapGroup("").WithMetadata(Offers.Json);
        json.MapJobs();
        json.MapCallbacks();
        json.MapBatches();
        json.MapOperations();
        json.MapAudit();
        json.MapKeys();
        json.MapOrganizations();
        json.MapHealth();
        all.MapGatewayOpenApi();
        app.MapMetrics(besideApi: true);
        app.MapFrontDoor();
        return app;
    }

    /// <summary>The health checks alone, for a silo that serves no API.</summary>
    public static WebApplication MapJobTrackerHealth(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseManagementPort();
        app.UseSecurityHeaders();
        app.UseRequestIds();
        app.MapHealth();
        app.MapMetrics(besideApi: false);
        return app;
    }

    private static Task LastResort(HttpContext http) =>
        new ProblemResult(ProblemMap.OfStatus(StatusCodes.Status500InternalServerError)).ExecuteAsync(http);
}
