using JobTracker.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Cors;

/// <summary>
/// Whether browsers let pages of other origins call the API: by ASP.NET's
/// own middleware, for the origins that are named, and else not at all.
/// </summary>
internal static class CorsSetup
{
    private static readonly string[] Sent =
        [HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, "Idempotency-Key",
            "Last-Event-ID", HeaderNames.TraceParent];

    private static readonly string[] Read =
        [HeaderNames.ETag, HeaderNames.Location, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.Allow, "X-Request-Id",
            "Idempotent-Replayed", "Deprecation", "x-should-retry"];

    public static void AddGatewayCors(this IServiceCollection services)
    {
        services.AddSection<CorsSettings>(CorsSettings.Section);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<CorsSettings>>((cors, settings) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(settings.Value.Origins)
            .AllowAnyMethod()
            .WithHeaders(Sent)
            .WithExposedHeaders(Read)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    public static void UseGatewayCors(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CorsSettings>>().Value.Origins.Length > 0)
            app.UseCors();
    }
}
