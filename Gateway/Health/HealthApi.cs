using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Shutdown;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Gateway.Health;

/// <summary>Is the process alive, and can it serve. No authentication: load balancers carry no keys.</summary>
internal static class HealthApi
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What tells it: for each process that serves HTTP, a gateway's or a silo's alone.</summary>
    public static void AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton<Serving>();
        services.TryAddSingleton<StartProgress>();
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/healthz").WithTags("Health").AllowAnonymous().WithMetadata(new AnyHost());
        health.MapMethods("/live", Methods, () => Answer(cause: null))
            .Describes("is_live", "Whether the process answers").Produces<HealthView>();
        health.MapMethods("/ready", Methods, Ready).Describes("is_ready", "Whether a read and a write would work now")
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// A database that is away for all makes all unready: who sends requests then learns from its balancer what each of them would say.
    /// </summary>
    private static async Task<IResult> Ready(
        IReadiness readiness, StartProgress start, Serving serving, IHostApplicationLifetime lifetime) => Answer(
            serving.IsEnding ? "The process is ending." : await readiness.FindCauseAsync(lifetime.ApplicationStopping) ?? start.WaitsFor);

    private static JsonResult<HealthView> Answer(string? cause) => cause is null
        ? new(new HealthView("ok", cause), GatewayJson.Wire.HealthView)
        : new(new HealthView("unavailable", cause), GatewayJson.Wire.HealthView, StatusCodes.Status503ServiceUnavailable);
}
