using JobTracker.Keys;
using JobTracker.Silo.Clustering;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace JobTracker.Silo.Dashboard;

/// <summary>
/// Orleans' own dashboard at <c>/orleans</c>, for engineers: silos, activations, calls and their time, reminders. It shows what grains hold
/// of every organization, so all of it is for admins, and it is off unless <c>Cluster:Dashboard</c> is on.
/// </summary>
internal static class OrleansPages
{
    public const string Path = "/orleans";

    /// <summary>Its page brings all that it needs with it, its styles within elements among it.</summary>
    private const string OwnContentOnly =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static WebApplication MapOrleansPages(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<ClusterSettings>>().Value.Dashboard)
            return app;
        var pages = app.MapOrleansDashboard(Path).RequireAuthorization(Scopes.Admin).ExcludeFromDescription();
        ((IEndpointConventionBuilder)pages).Finally(endpoint =>
        {
            foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
                endpoint.Metadata.Remove(open);
            var answer = endpoint.RequestDelegate;
            endpoint.RequestDelegate = http =>
            {
                http.Response.Headers.ContentSecurityPolicy = OwnContentOnly;
                return answer!(http);
            };
        });
        return app;
    }
}
