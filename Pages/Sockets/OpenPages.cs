using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using JobTracker.Pages.Callers;
using JobTracker.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobTracker.Pages.Sockets;

/// <summary>
/// Counts the live pages that are open, in all and by organization, and turns away those beyond: each takes memory for as long as it is
/// open. A page that is turned away stays readable, and says so.
/// </summary>
public sealed class OpenPages(IOptions<PagesOptions> options, IPageCallers callers, IMeterFactory meters)
{
    private static readonly KeyValuePair<string, object?> Kind = new("kind", "page");

    private readonly ConcurrentDictionary<string, int> _byOrganization = new(StringComparer.Ordinal);
    private readonly UpDownCounter<long> _open = Instrumentation.Of(meters).UpDown(Metrics.StreamOpen);
    private int _all;

    /// <summary>How many there are now.</summary>
    public int Count => Volatile.Read(ref _all);

    internal static void Use(IApplicationBuilder app)
    {
        var open = app.ApplicationServices.GetRequiredService<OpenPages>();
        app.Use((http, next) => IsSocket(http) ? open.WithinAsync(http, next) : next(http));
    }

    /// <summary>By HTTP/1.1 (RFC 6455, 4.1) or HTTP/2 (RFC 8441, 4).</summary>
    private static bool IsSocket(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
        && (http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true });

    private async Task WithinAsync(HttpContext http, RequestDelegate next)
    {
        if (callers.CallerOf(http.User)?.Organization is not { } organization || !TryEnter(organization))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        try
        {
            _open.Add(1, Kind);
            await next(http);
        }
        finally
        {
            _open.Add(-1, Kind);
            Leave(organization);
        }
    }

    internal bool TryEnter(string organization)
    {
        var all = Interlocked.Increment(ref _all);
        var own = _byOrganization.AddOrUpdate(organization, 1, static (_, count) => count + 1);
        if (all <= options.Value.OpenPages && own <= options.Value.OrganizationOpenPages)
            return true;
        Leave(organization);
        return false;
    }

    internal void Leave(string organization)
    {
        Interlocked.Decrement(ref _all);
        if (_byOrganization.AddOrUpdate(organization, 0, static (_, count) => count - 1) == 0)
            _byOrganization.TryRemove(new KeyValuePair<string, int>(organization, 0));
    }
}
