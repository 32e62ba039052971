using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// How fast an answer must be read at least. Kestrel breaks off those that are not, so that what they hold is free again. It measures while
/// something waits to be sent and at no other time: an event stream that has nothing to tell is not slow.
/// </summary>
internal static class ReadingPace
{
    public static void AddReadingPace(this IServiceCollection services) => services.AddOptions<KestrelServerOptions>()
        .Configure<IOptions<GatewayLimits>>((kestrel, limits) => kestrel.Limits.MinResponseDataRate = Pace(
            limits.Value.ResponseBytesPerSecond, limits.Value));

    /// <summary>
    /// Streams and downloads, which hold little and take the time that their reader has. Over HTTP/2, Kestrel has one pace a connection.
    /// </summary>
    public static RouteHandlerBuilder MayBeReadSlowly(this RouteHandlerBuilder route, GatewayLimits limits)
    {
        var pace = Pace(limits.StreamBytesPerSecond, limits);
        return route.AddEndpointFilter((context, next) =>
        {
            if (context.HttpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } feature)
                feature.MinDataRate = pace;
            return next(context);
        });
    }

    private static MinDataRate Pace(int bytesPerSecond, GatewayLimits limits) => new(bytesPerSecond, limits.ResponseGrace);
}
