using JobTracker.Callers;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Shutdown;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Health;

/// <summary>Is the process alive, and can it serve. No authentication: load balancers carry no keys.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);
    private static readonly Caller Nobody = new("health", "health");
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/healthz").WithTags("Health").AllowAnonymous().WithMetadata(new AnyHost());
        health.MapMethods("/live", Methods, () => Answer("ok", StatusCodes.Status200OK))
            .Describes("is_live", "Whether the process answers").Produces<HealthView>();
        health.MapMethods("/ready", Methods, Ready).Describes("is_ready", "Whether the cluster answers, so that requests can be served")
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// Ready while the cluster answers. A database that is down leaves it ready: every other gateway would say the same, and clients get
    /// better answers from this one than from a balancer without targets.
    /// </summary>
    private static async Task<IResult> Ready(
        IGrainFactory grains, Serving serving, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        if (serving.Hindrance is { } hindrance)
            return Answer("unavailable", StatusCodes.Status503ServiceUnavailable, hindrance);
        try
        {
            await grains.GetGrain<IJobCatalogGrain>(0)
                .CountAsync(Nobody, organizationId: null).WaitAsync(LongestAnswer, clock, lifetime.ApplicationStopping);
        }
        catch (Exception fault) when (Outage.IsOfStorage(fault))
        {
            // That was an answer of the cluster.
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || fault is OperationCanceledException)
        {
            return Answer("unavailable", StatusCodes.Status503ServiceUnavailable);
        }
        return Answer("ok", StatusCodes.Status200OK);
    }

    private static JsonResult<HealthView> Answer(string status, int code, string? cause = null) =>
        new(new HealthView(status, cause), GatewayJson.Wire.HealthView, code);
}
