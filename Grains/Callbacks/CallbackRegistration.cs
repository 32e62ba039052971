using System.Diagnostics;
using System.Net;
using JobTracker.Configuration;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks;

internal static class CallbackRegistration
{
    private const int MostHeaderKilobytes = 16;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Everything that delivers callbacks: <see cref="CallbackSender"/>, <see cref="CallbackDispatcher"/>, <see
    /// cref="CallbackSchedule"/> and
    /// <see cref="CallbackAddressRules"/>, from the section <c>Callbacks</c> of the configuration.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSection<CallbackOptions>(CallbackOptions.Section);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CallbackOptions>>().Value.ToSchedule());
        services.AddSingleton(provider => new CallbackAddressRules(provider.GetRequiredService<IOptions<CallbackOptions>>()));
        services.AddSingleton<CallbackDialer>();
        services.AddSingleton<CallbackMetrics>();
        services.TryAddSingleton(_ => Random.Shared);
        services.AddSingleton<CallbackSender>();
        services.AddSingleton<CallbackDispatcher>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<CallbackDispatcher>());
        services.AddHttpClient(CallbackSender.ClientName, Configure)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // the handler's own connection lifetime follows DNS
            .RemoveAllLoggers(); // their lines hold URLs, which may hold a receiver's token
        return services;
    }

    private static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan; // the sender's own limit goes by the injected clock
        client.DefaultRequestHeaders.UserAgent.ParseAdd("JobTracker-Callbacks/1");
    }

    private static SocketsHttpHandler Handler(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<CallbackOptions>>().Value;
        return new SocketsHttpHandler
        {
            ConnectCallback = provider.GetRequiredService<CallbackDialer>().DialAsync,
            ConnectTimeout = options.Timeout,
            UseProxy = false, // a proxy would resolve the name itself, past the check of the address
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = ConnectionLifetime,
            // our trace ids are no business of a receiver
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
    }
}
