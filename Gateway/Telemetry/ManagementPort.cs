using JobTracker.Configuration;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Telemetry;

/// <summary>
/// Where operators ask: the health checks, and <c>/metrics</c> where it is on. By default on the addresses of the API; with
/// <c>Management:Urls</c> on addresses of their own, which serve nothing else, and then no other serves <c>/metrics</c>.
/// </summary>
internal static class ManagementPort
{
    public const string Setting = "Management:Urls";

    private const string Metrics = "/metrics";
    private const string Health = "/healthz";

    /// <summary>Adds the addresses to those of the server, however those are configured.</summary>
    public static void AddManagementPort(this IHostApplicationBuilder builder)
    {
        builder.Services.AddKnownKey(Setting);
        if (builder.Configuration[Setting] is not { Length: > 0 } own)
            return;
        Ports(own);
        // Endpoints of one's own take the place of an address: then it is one of them.
        builder.Configuration.AddInMemoryCollection(builder.Configuration["urls"] is { } urls
            ? [new("urls", $"{urls};{own}")]
            : ServedAddresses.Read(Setting, own)
                .Select((served, at) => KeyValuePair.Create<string, string?>($"Kestrel:Endpoints:Management{at}:Url", served.Text)));
    }

    /// <summary>Whether a path is an operator's: such requests are no part of a trace.</summary>
    public static bool Serves(PathString path) =>
        path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase) || IsScrape(path);

    private static bool IsScrape(PathString path) => path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase);

    /// <summary>Before routing.</summary>
    public static void UseManagementPort(this WebApplication app)
    {
        if (app.Configuration[Setting] is not { Length: > 0 } urls)
            return;
        var ports = Ports(urls);
        app.Use((http, next) =>
        {
            var isOwn = ports.Contains(http.Connection.LocalPort);
            var isRefused = isOwn ? !Serves(http.Request.Path) : IsScrape(http.Request.Path);
            return isRefused
                ? new ProblemResult(ProblemMap.OfStatus(StatusCodes.Status404NotFound)).ExecuteAsync(http)
                : next(http);
        });
    }

    /// <summary>
    /// The scrape. No organization, user or job is named in it, but types of jobs are, and provider accounts: beside an API that asks for
    /// keys it asks for an admin's.
    /// </summary>
    public static void MapMetrics(this WebApplication app, bool besideApi)
    {
        if (!app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Prometheus)
            return;
        var scrape = app.MapPrometheusScrapingEndpoint(Metrics).WithMetadata(new AnyHost());
        if (besideApi && app.Configuration[Setting] is null or "")
            scrape.RequireAuthorization(Scopes.Admin);
        else
            scrape.AllowAnonymous();
    }

    /// <exception cref="StartRefusedException">What is no address, or one with a port that the system would choose.</exception>
    private static HashSet<int> Ports(string urls) => [.. ServedAddresses.Read(Setting, urls).Select(served =>
        served.Address.Port is > 0 and var port
            ? port
            : throw new StartRefusedException($"{Setting}: '{served.Text}' leaves its port to the system; it must name one."))];
}
