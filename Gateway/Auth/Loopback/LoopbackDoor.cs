using JobTracker.Gateway.Cors;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth.Loopback;

/// <summary>
/// Auth:Mode none trusts whoever reaches a loopback address, and a browser lets every page reach it. So the request must name this
/// machine (421), and no foreign page may change anything (403).
/// </summary>
internal static class LoopbackDoor
{
    /// <summary>ASP.NET's own filter would answer first, without a problem, and refuse loopback names that are not listed.</summary>
    public static void AddLoopbackDoor(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);

    public static void UseLoopbackDoor(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode != AuthOptions.None)
            return;
        var hosts = new OwnHosts(app.Configuration[OwnHosts.Setting]);
        var origins = app.Services.GetRequiredService<IOptions<CorsSettings>>().Value.Origins;
        app.Use((http, next) => Refusal(http, hosts, origins) is { } problem ? new ProblemResult(problem).ExecuteAsync(http) : next(http));
    }

    /// <param name="origins">Those whose pages may call the API by the configuration.</param>
    private static Problem? Refusal(HttpContext http, OwnHosts hosts, string[] origins)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnyHost>() is not null)
            return null;
        if (!hosts.Has(http.Request.Host))
            return ProblemMap.ForeignHost;
        return ForeignPage.Sends(http.Request) && !origins.Contains<string?>(http.Request.Headers.Origin) ? ProblemMap.ForeignPage : null;
    }
}

/// <summary>Marks what is served under any name: probes call a process by its address, and learn nothing that matters.</summary>
internal sealed class AnyHost;
