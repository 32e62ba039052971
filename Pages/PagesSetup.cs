using JobTracker.Configuration;
using JobTracker.Pages.Admin.Keys;
using JobTracker.Pages.Batches;
using JobTracker.Pages.Callbacks;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Cluster;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using JobTracker.Pages.OneBatch;
using JobTracker.Pages.OneJob;
using JobTracker.Pages.Operations;
using JobTracker.Pages.Overview;
using JobTracker.Pages.Shell;
using JobTracker.Pages.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Pages;

/// <summary>The pages for people, for a host that opens the doors of <c>JobTracker.Pages.Doors</c> and knows who is signed in.</summary>
public static class PagesSetup
{
    /// <summary>How long a page that lost its connection is kept for it, on this gateway.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddJobTrackerPages(this IServiceCollection services)
    {
        services.AddSection<PagesOptions>(PagesOptions.Section);
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = Kept;
            circuits.DetailedErrors = false;
        });
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<SessionWatch>();
        services.AddSingleton<LiveFeeds>();
        services.AddSingleton<JobListFeed>();
        services.AddSingleton<JobViews>();
        services.AddSingleton<BatchListFeed>();
        services.AddSingleton<BatchViews>();
        services.AddSingleton<OperationFeeds>();
        services.AddSingleton<OpenPages>();
        services.AddSingleton<SecretOnce>();
        services.AddSingleton<ClusterFeed>();
        services.AddSingleton<OverviewFeed>();
        services.AddSingleton<ReceiverFeed>();
        return services;
    }

    /// <summary>Between the routing and the endpoints: what browsers are told of every page.</summary>
    public static void UseJobTrackerPages(this IApplicationBuilder app)
    {
        PagePolicy.Use(app);
        OpenPages.Use(app);
    }

    public static void MapJobTrackerPages(this IEndpointRouteBuilder app)
    {
        app.MapPageAssets();
        PageSettings.Map(app);
        JobDocuments.Map(app);
        BatchDocuments.Map(app);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                // The policy's own words stand in PagePolicy.
                options.ContentSecurityFrameAncestorsPolicy = null;
                // Pages are small and many: a compressor of its own for each costs more memory than the page.
                options.DisableWebSocketCompression = true;
            })
            .RequireAuthorization();
    }
}
