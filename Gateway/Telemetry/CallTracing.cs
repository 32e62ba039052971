using JobTracker.Telemetry;

namespace JobTracker.Gateway.Telemetry;

/// <summary>
/// Orleans' own spans of grain calls, kept to the calls of a trace that is recorded. By itself it begins a trace wherever it finds none:
/// behind a request that was not drawn each of its calls would be drawn once more, and whoever found one would find no request above it.
/// And a span that nobody keeps costs most of what a kept one does.
/// </summary>
internal static class CallTracing
{
    /// <summary>How Orleans names what it adds.</summary>
    private const string OfOrleans = "ActivityPropagation";

    /// <summary>What carries a trace to the callee (W3C Trace Context).</summary>
    private const string TraceParent = "traceparent";

    public static ISiloBuilder AddCallTracing(this ISiloBuilder silo)
    {
        silo.AddActivityPropagation();
        silo.Services.Wrap<IOutgoingGrainCallFilter>(orleans => new Outgoing(orleans));
        silo.Services.Wrap<IIncomingGrainCallFilter>(orleans => new Incoming(orleans));
        return silo;
    }

    public static IClientBuilder AddCallTracing(this IClientBuilder client)
    {
        client.AddActivityPropagation();
        client.Services.Wrap<IOutgoingGrainCallFilter>(orleans => new Outgoing(orleans));
        return client;
    }

    private static void Wrap<TFilter>(this IServiceCollection services, Func<TFilter, TFilter> wrap)
        where TFilter : class
    {
        var added = services.Single(service => service.ServiceType == typeof(TFilter)
            && service.ImplementationType?.Name.StartsWith(OfOrleans, StringComparison.Ordinal) == true);
        services[services.IndexOf(added)] = ServiceDescriptor.Singleton(
            provider => wrap((TFilter)ActivatorUtilities.CreateInstance(provider, added.ImplementationType!)));
    }

    private sealed class Outgoing(IOutgoingGrainCallFilter orleans) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) =>
            Instrumentation.Recorded is null ? context.Invoke() : orleans.Invoke(context);
    }

    private sealed class Incoming(IIncomingGrainCallFilter orleans) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) =>
            RequestContext.Get(TraceParent) is null ? context.Invoke() : orleans.Invoke(context);
    }
}
